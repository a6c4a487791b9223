import { ALWAYS, NEVER } from "../../src/domain/ground/day.js";
import { lives, openSince, placementOn, profileOn, standingPlacement, standings } from "../../src/domain/tree/history.js";
import { unit } from "./harness.js";

const twice = [
  { from: "2010-01-01", until: "2015-01-01" },
  { from: "2015-01-01", until: "2020-01-01" },
  { from: "2022-01-01", until: NEVER },
];
const school = unit({}, twice);
const empty = unit({}, []);

test("a unit has a placement on the days on which it is open", () => {
  expect(
    ["2009-12-31", "2010-01-01", "2014-12-31", "2015-01-01", "2020-01-01", "2022-01-01"].map((on) => placementOn(school, on)?.from ?? null),
  ).toEqual([null, "2010-01-01", "2010-01-01", "2015-01-01", null, "2022-01-01"]);
});

test("on a day when the unit is closed its last placement before stands, and before all of them the first", () => {
  expect(["2000-01-01", "2014-12-31", "2021-06-01", "2030-01-01"].map((on) => standingPlacement(school.placements, on)?.from)).toEqual([
    "2010-01-01",
    "2010-01-01",
    "2015-01-01",
    "2022-01-01",
  ]);
  expect(standingPlacement([], "2024-01-01")).toBeNull();
});

test("a unit that moved without closing has been open since its first placement", () => {
  expect(openSince(school, "2018-01-01")).toBe("2010-01-01");
});

test("a reopened unit has been open since it reopened", () => {
  expect(openSince(school, "2024-01-01")).toBe("2022-01-01");
});

test("a unit that was never open has been open since the day asked", () => {
  expect(openSince(empty, "2024-01-01")).toBe("2024-01-01");
});

test("adjoining placements are one life", () => {
  expect(lives(school.placements)).toEqual([
    { from: "2010-01-01", until: "2020-01-01" },
    { from: "2022-01-01", until: NEVER },
  ]);
});

test("standings cover all time without gaps", () => {
  const days = standings(school.placements).map(({ from, until }) => [from, until]);
  expect(days).toEqual([
    [ALWAYS, "2015-01-01"],
    ["2015-01-01", "2022-01-01"],
    ["2022-01-01", NEVER],
  ]);
});

test("the first profile holds for all time before it, too; a unit without one is a fault", () => {
  expect(profileOn(school, "1990-01-01").name).toBe("Trường Tiểu học Hợp Giang");
  expect(() => profileOn({ ...school, profiles: [] }, "2024-01-01")).toThrow("no profile");
});
