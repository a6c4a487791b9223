import { Query, Resolver } from "type-graphql";
import { indicators } from "../../domain/figures/catalogue.js";
import { Costs } from "../cost/price.js";
import { IndicatorType } from "./indicator.type.js";

@Resolver()
export class IndicatorResolver {
  @Costs({ most: indicators.length })
  @Query(() => [IndicatorType], { description: "The catalogue: every indicator with its definition, unit, direction and source." })
  indicators(): IndicatorType[] {
    return indicators.map((indicator) => new IndicatorType(indicator));
  }
}
