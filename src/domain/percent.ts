/** So many decimals of a percentage as asked for, or as many more as keep a rate that is neither from reading as 0% or 100%. */
export function percentDecimals(rate: number, least: number): number {
  const isWhole = (decimals: number) => [0, 100].includes(Number((rate * 100).toFixed(decimals)));
  let decimals = least;
  if (rate !== 0 && rate !== 1) while (decimals < 15 && isWhole(decimals)) decimals += 1;
  return decimals;
}
