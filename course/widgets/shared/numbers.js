// Numbers in words.

/** Write a count with thousands separators and a true minus sign: −1,234,567. @param {number} number */
export function writeCount(number) {
  return Math.round(number).toLocaleString("en-US").replace("-", "−");
}
