import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { bundleOptions } from '../../src/build/bundle.mjs';
import { renderMarkdown } from '../../src/terminal/markdown/render-markdown.ts';
import { plainStyle } from '../../src/terminal/output/styles.ts';
import { markdown } from '../support/markdown.ts';

// The build omits parts of packages; that must not change the rendered output.
test('the bundled renderer renders like the source', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rupture-renderer-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'renderer.cjs');
  await build({ ...bundleOptions(), entryPoints: ['src/terminal/markdown/render-markdown.ts'], outfile });
  const built: { renderMarkdown: typeof renderMarkdown } = createRequire(import.meta.url)(outfile);
  fc.assert(
    fc.property(
      markdown.map(text => text.replaceAll('\t', ' ')),
      fc.constantFrom(24, 40, 80),
      (text, width) => {
        const options = { width, style: plainStyle };
        expect(built.renderMarkdown(text, options)).toBe(renderMarkdown(text, options));
      },
    ),
    { seed: 5, numRuns: 3000 },
  );
}, 60_000);
