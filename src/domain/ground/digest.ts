/** 16 hexadecimal digits that differ for different texts, as far as 64 bits can. */
export function digest(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  const mix = (a: number, b: number) => Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  [high, low] = [mix(high, low), mix(low, high)];
  return [high, low].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
