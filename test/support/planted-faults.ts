/** The files that faults are planted in. */
const day = 'core/dates/day.ts';
const fold = 'core/text/fold.ts';
const page = 'report/pages/page.ts';
const world = 'world/world.ts';
const ask = 'cli/choose/ask.ts';
const disk = 'storage/fs/disk.ts';
const output = 'terminal/output/output.ts';
const two = 'core/text/two.ts';
const markdown = 'terminal/markdown/render-markdown.ts';
const show = 'commands/read/show.ts';
const session = 'sessions/session/session.ts';

const bring = (to: string): string => `import { a } from '${to}';`;
const bringType = (to: string): string => `import type { A } from '${to}';`;
const bringLate = (to: string): string => `const late = () => import('${to}');`;
const impure = 'asks for the time, the network or something random';
const notAllowed = (path: string, to: string, how = 'static'): string =>
  `${path}: may not import ${to} (${how})`;

/** Planted faults: the name, the file, the added line, and the message that the rules must report. */
export const planted: readonly (readonly [string, string, string, string])[] = [
  ['core reads a file', day, bring('node:fs'), notAllowed(day, 'node:fs')],
  ['core uses a package', day, bring('other'), notAllowed(day, 'other')],
  ['core knows the world', day, bringType('../../world/world.ts'), notAllowed(day, world, 'type')],
  ['core loads the disk late', day, bringLate('../../storage/fs/disk.ts'), notAllowed(day, disk, 'lazy')],
  [
    'core passes something on from above',
    day,
    "export { page } from '../../report/pages/page.ts';",
    notAllowed(day, page),
  ],
  ['a room imports a higher room of its part', fold, bring('../dates/day.ts'), notAllowed(fold, day)],
  [
    'a room of storage imports a higher one, its type only',
    disk,
    bringType('../notebook/store.ts'),
    notAllowed(disk, 'storage/notebook/store.ts', 'type'),
  ],
  [
    'a room of terminal loads another late',
    markdown,
    bringLate('../output/output.ts'),
    notAllowed(markdown, output, 'lazy'),
  ],
  ['core asks the clock', day, 'const now = new Date();', `${day}: ${impure}`],
  ['core asks the clock by a call', day, 'const now = Date.now();', `${day}: ${impure}`],
  ['core asks for something random', day, 'const dice = Math.random();', `${day}: ${impure}`],
  ['core waits', day, 'setTimeout(() => {}, 1);', `${day}: ${impure}`],
  ['report uses a value of the world', page, bring('../../world/world.ts'), notAllowed(page, world)],
  ['the world loads something', world, bring('../core/dates/day.ts'), notAllowed(world, day)],
  [
    'the world knows a room above core',
    world,
    bringType('../report/pages/page.ts'),
    notAllowed(world, page, 'type'),
  ],
  ['cli reaches the disk', ask, bring('../../storage/fs/disk.ts'), notAllowed(ask, disk)],
  ['cli runs a session', ask, bring('../../sessions/session/session.ts'), notAllowed(ask, session)],
  ['a session runs a command', session, bring('../../commands/read/show.ts'), notAllowed(session, show)],
  ['a command opens the store itself', show, bring('../../storage/fs/disk.ts'), notAllowed(show, disk)],
  ['a command draws', show, bringLate('../../terminal/output/output.ts'), notAllowed(show, output, 'lazy')],
  ['storage meets terminal', disk, bring('../../terminal/output/output.ts'), notAllowed(disk, output)],
  ['terminal meets storage', output, bringType('../../storage/fs/disk.ts'), notAllowed(output, disk, 'type')],
  ['storage uses a value of the world', disk, bring('../../world/world.ts'), notAllowed(disk, world)],
  [
    'the program loads every command',
    'program.ts',
    bring('./commands/read/show.ts'),
    notAllowed('program.ts', show),
  ],
  [
    'build reaches a command',
    'build/build.ts',
    bring('../commands/read/show.ts'),
    notAllowed('build/build.ts', show),
  ],
  [
    'a part that there is not',
    'misty/a.ts',
    bring('../core/dates/day.ts'),
    'misty/a.ts: there is no such room',
  ],
  [
    'a room that there is not',
    'core/misty/a.ts',
    bring('../dates/day.ts'),
    'core/misty/a.ts: there is no such room',
  ],
  ['a package has a second user', output, bringLate('marked'), `${output}: marked has another owner`],
  ['a deep import of a package', disk, "import a from 'yaml/util';", `${disk}: yaml has another owner`],
  [
    'a start loads a slow package',
    output,
    bring('../markdown/render-markdown.ts'),
    'open-world.ts: loads marked at once',
  ],
  [
    'a circle',
    two,
    bring('./three.ts'),
    'circle: core/text/three.ts > core/text/two.ts > core/text/three.ts',
  ],
  [
    'a circle of types',
    two,
    bringType('./three.ts'),
    'circle: core/text/three.ts > core/text/two.ts > core/text/three.ts',
  ],
  ['a circle of rooms', fold, bring('../dates/day.ts'), 'circle: core/dates > core/text > core/dates'],
  ['the process is read', output, 'const columns = process.stdout.columns;', `${output}: reads the process`],
  [
    'the process is read by another name',
    output,
    'const columns = globalThis.process;',
    `${output}: reads the process`,
  ],
  [
    'the process is read within a text',
    output,
    'const a = `now ${`${process.pid}`} and`;',
    `${output}: reads the process`,
  ],
  ['something is printed', disk, "console.error('x');", `${disk}: uses the console`],
  ['a default export', page, 'export default 3;', `${page}: has a default export`],
  [
    'a default export by another name',
    page,
    'const page = 1; export { page as default };',
    `${page}: has a default export`,
  ],
  [
    'a name that says nothing',
    'core/text/utils.ts',
    'export const a = 1;',
    'core/text/utils.ts: its name says nothing',
  ],
  ['an index', 'core/text/index.ts', 'export const a = 1;', 'core/text/index.ts: its name says nothing'],
  ['a long file', 'core/text/long.ts', 'x;\n'.repeat(251), 'core/text/long.ts: has more than 250 lines'],
  [
    'an exported function without a docstring',
    two,
    '/** Does. */\nexport function a() {}\nfunction c() {}\nexport async function b() {}',
    `${two}: b has no docstring`,
  ],
  [
    'a docstring that stands above something else',
    page,
    '/** Does. */\nconst x = 1;\nexport function a() {}',
    `${page}: a has no docstring`,
  ],
];
