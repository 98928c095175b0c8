import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { shippedTemplates } from './support/shipped-templates.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [shippedTemplates(fileURLToPath(new URL('../templates', import.meta.url)))],
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/faults/**'],
    // Most of the time a program of ours is waited for.
    maxWorkers: 2,
    testTimeout: 20_000,
    globalSetup: ['test/support/packed.ts'],
  },
});
