import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { shippedTemplates } from '../support/shipped-templates.ts';

// What makes disks fail, kills and cuts the power: minutes, not seconds, and programs that not everybody has.
// RUPTURE_FAULTS=sample runs a part.
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  plugins: [shippedTemplates(fileURLToPath(new URL('../../templates', import.meta.url)))],
  test: {
    include: ['test/faults/**/*.test.ts'],
    // Each waits for programs more than it works.
    maxWorkers: 3,
    testTimeout: 3_600_000,
    hookTimeout: 300_000,
    globalSetup: ['test/support/packed.ts', 'test/faults/shim.ts'],
    // The tables are what one runs it for.
    silent: false,
    reporters: ['default'],
  },
});
