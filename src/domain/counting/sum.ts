import { type Measure } from "./measure.js";
import { type Words } from "../ground/words.js";

/** Measures that are added and measures that are taken away. */
export interface Sum {
  plus: readonly Measure[];
  minus?: readonly Measure[];
}

/** A count set against people, both sides of the same units. */
export interface Ratio {
  /** The base in words, e.g. "100 union members". */
  words: Words;
  /** The count and the people of the units that reported both. */
  numerator: Sum;
  base: Sum;
  /** The count of federations and unions, which have no people of their own: it is set against all that their branch reported. */
  apart: Sum;
  whole: Sum;
}
