import type { Files } from './source-files.ts';

const lines = (...all: readonly string[]): string => all.join('\n');

/** A small source tree without a fault, to plant faults in. */
export const house: Files = {
  'errors.ts': 'export class Problem extends Error {}',
  'world/world.ts': lines(
    "import type { Day } from '../core/dates/day.ts';",
    "export interface World { readonly day: Day; readonly of: import('../core/dates/day.ts').Day }",
  ),
  'core/text/fold.ts': '',
  'core/dates/day.ts': lines(
    "import { Problem } from '../../errors.ts';",
    "import { fold } from '../text/fold.ts';",
    'const day = (now: number): Date => new Date(now);',
  ),
  'report/pages/page.ts': lines(
    "import { day } from '../../core/dates/day.ts';",
    "import type { World } from '../../world/world.ts';",
  ),
  'cli/choose/ask.ts': lines(
    "import { page } from '../../report/pages/page.ts';",
    "import { keys } from '../../world/world.ts';",
  ),
  'sessions/session/session.ts': "import { ask } from '../../cli/choose/ask.ts';",
  'commands/read/show.ts': lines(
    "import { run } from '../../sessions/session/session.ts';",
    "import type { World } from '../../world/world.ts';",
  ),
  'storage/fs/disk.ts': lines(
    "import { readFileSync } from 'node:fs';",
    "import { day } from '../../core/dates/day.ts';",
  ),
  'storage/format/yaml.ts': lines("import { parse } from 'yaml';", "import { read } from '../fs/disk.ts';"),
  'storage/notebook/store.ts': lines(
    "import { read } from '../fs/disk.ts';",
    "export const slow = () => import('../format/yaml.ts');",
  ),
  'terminal/output/output.ts': lines(
    "import { wrap } from 'fast-wrap-ansi';",
    "export const render = () => import('../markdown/render-markdown.ts');",
  ),
  'terminal/markdown/render-markdown.ts': "import { marked } from 'marked';",
  'program.ts': lines(
    "import { Command } from 'commander';",
    "import type { Show } from './commands/read/show.ts';",
    "export const go = () => import('./commands/read/show.ts');",
  ),
  'main.ts': "import { program } from './program.ts';",
  'open-world.ts': lines(
    "import { open } from './storage/notebook/store.ts';",
    "import { render } from './terminal/output/output.ts';",
    'export const openWorld = (process: NodeJS.Process) => process.env;',
  ),
  'build/build.ts': lines(
    "import { parse } from 'yaml';",
    "import { read } from '../storage/format/yaml.ts';",
    'console.log(process.argv);',
  ),
};
