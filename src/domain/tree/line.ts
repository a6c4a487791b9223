/** Ancestors of a school year, one a level at most; a unit of one of these levels stands in its own line. */
export interface Line {
  CONFEDERATION: string | null;
  PROVINCE: string | null;
  DISTRICT: string | null;
  GRASSROOTS: string | null;
}

/** The line in which a unit stood in a school year. */
export interface DatedLine {
  unitId: string;
  schoolYear: string;
  line: Line;
}
