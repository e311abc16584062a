/**
 * Twelve hex digits that stand for a text: the same in every browser, at once. Tells an edit; proves nothing, as anybody can work one out.
 * (cyrb53: two running products, mixed at the end.)
 */
export function fingerprint(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  const mix = (a: number, b: number): number =>
    Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  const [first, second] = [mix(high, low), mix(low, high)];
  const hex = (value: number, digits: number): string =>
    (value >>> 0).toString(16).padStart(8, '0').slice(-digits);
  return hex(first, 8) + hex(second, 4);
}
