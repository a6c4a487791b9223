/** How many of those called must come, to a staff conference (Law 10/2022 Art. 51(2)(c)) as to a congress (Statute 174/QĐ-TLĐ of 2020 Art. 10(1)). */
export function twoThirdsOf(called: number): number {
  return Math.ceil((called * 2) / 3);
}
