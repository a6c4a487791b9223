/** Names and values in a sentence: "a, b or c". */
export function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

/** A port; anything else becomes a fault. */
export function readPort(name: string, text: string, faults: string[]): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  faults.push(`${name} is "${text}"; expected a whole number from 0 to 65535.`);
  return 0;
}

/** A number of seconds; anything else becomes a fault. */
export function readSeconds(name: string, text: string, most: number, faults: string[]): number {
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds <= most) return seconds;
  faults.push(`${name} is "${text}"; expected a whole number of seconds from 0 to ${most}.`);
  return 0;
}

/** A list of origins as browsers send them; anything else becomes a fault. "*" would let every page in the world try tokens. */
export function readOrigins(name: string, text: string | undefined, faults: string[]): string[] {
  const origins = text?.split(",").map((origin) => origin.trim()) ?? [];
  for (const origin of origins)
    if (!URL.canParse(origin) || !/^https?:$/.test(new URL(origin).protocol) || new URL(origin).origin !== origin)
      faults.push(`${name} has "${origin}"; expected origins such as https://app.example.vn, with a comma between them, no path and no *.`);
  return origins;
}
