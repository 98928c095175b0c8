import { defineConfig } from 'vitest/config';
import usual from '../vitest.config.ts';

/**
 * The properties alone, each with many runs: `RUPTURE_FUZZ_RUNS`, 20,000 unless it says otherwise. A failure
 * prints its seed.
 */
export default defineConfig({
  ...usual,
  test: {
    ...usual.test,
    include: ['test/fuzz/**/*.test.ts'],
    testTimeout: 3_600_000,
    env: { RUPTURE_FUZZ_RUNS: process.env['RUPTURE_FUZZ_RUNS'] ?? '20000' },
  },
});
