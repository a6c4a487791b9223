/** A part of a sorted list: what lies between two entries, read from either end. Its rows come in the order in which they are read. */
export interface Slice {
  /** The keys of the entries between which it lies, themselves not in it; `null`: the ends of the list. */
  after: readonly (string | number | null)[] | null;
  before: readonly (string | number | null)[] | null;
  /** Read from its end, the last row first. */
  backwards: boolean;
  /** Rows at most. */
  limit: number;
}
