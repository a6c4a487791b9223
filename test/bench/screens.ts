import { indicators } from "../../src/domain/figures/catalogue.js";
import { PROVINCE, REPORTED_YEARS, RUNNING_YEAR } from "./province.js";

/** A request of a provincial dashboard. */
export interface Screen {
  name: string;
  query: string;
  /** What of a rollup is asked for, so that the floor answers the same. */
  asks: "FIGURES" | "STANDINGS";
  shape: "CHILDREN" | "TREND";
}

const last = REPORTED_YEARS.at(-1)!.label;
const running = RUNNING_YEAR.label;

const FIGURES = "value numerator denominator";
const STANDINGS = `${FIGURES} coverage { expected reported missing notDue rate } target deadline`;

const everything = (fields: string) => `fragment Everything on Rollup { ${indicators.map(({ key }) => `${key} { ${fields} }`).join(" ")} }`;

function withChildren(name: string, rollupArguments: string, asks: Screen["asks"] = "FIGURES"): Screen {
  const rollup = `code name rollup(${rollupArguments}) { ...Everything }`;
  const query = `{ unit(code: "${PROVINCE}") { ${rollup} children(first: 50) { nodes { ${rollup} } } } } ${everything(asks === "FIGURES" ? FIGURES : STANDINGS)}`;
  return { name, query, asks, shape: "CHILDREN" };
}

export const screens: readonly Screen[] = [
  withChildren("province + 14 districts, all indicators", `schoolYear: "${last}"`),
  withChildren("… only private preschools (where)", `schoolYear: "${last}", where: {schoolLevel: PRESCHOOL, ownership: PRIVATE}`),
  withChildren("… with coverage, target, deadline", `schoolYear: "${last}"`, "STANDINGS"),
  withChildren("… the same, running school year", `schoolYear: "${running}"`, "STANDINGS"),
  withChildren("… under today's tree (tree: TODAY)", `schoolYear: "${last}", tree: TODAY`),
  {
    name: "trend: the province, 3 school years",
    query: `{ unit(code: "${PROVINCE}") { code name trend(from: "${REPORTED_YEARS[0]!.label}", to: "${last}") { ...Everything } } } ${everything(FIGURES)}`,
    asks: "FIGURES",
    shape: "TREND",
  },
];
