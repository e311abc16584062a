/** Set by the step that measures coverage (`npm test`). */
const asked = Number(process.env.COUNTERPART_CASES ?? '');

/**
 * How many cases a law is tried with. With `COUNTERPART_CASES` set, that many and always the same: what the tables cover without any
 * luck of the draw is what the coverage of core is measured by.
 */
export const cases = (count: number): { numRuns: number; seed?: number } =>
  asked > 0 ? { numRuns: Math.min(count, asked), seed: 1 } : { numRuns: count };
