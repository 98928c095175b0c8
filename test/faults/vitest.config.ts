import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { shippedTemplates } from '../support/shipped-templates.ts';

// Tests that break disks, kill processes and cut the power: they take minutes and need special programs.
// RUPTURE_FAULTS=sample runs a part of them.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  plugins: [shippedTemplates(fileURLToPath(new URL('../../templates', import.meta.url)))],
  test: {
    include: ['test/faults/**/*.test.ts'],
    // The tests mostly wait for programs.
    maxWorkers: 3,
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
    globalSetup: ['test/support/packed.ts', 'test/faults/shim.ts'],
    // Show the tables that the tests print.
    silent: false,
    reporters: ['default'],
  },
});
