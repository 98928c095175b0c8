import { Command, Help, Option } from 'commander';
import type { TypedLine } from '../commands/manage/complete.ts';
import type { DemoLine } from '../commands/read/demo.ts';
import { examplesFirst, examplesOf } from '../core/command-line/command-table.ts';
import type { Exit } from '../errors.ts';
import type { Globals, Words, World } from '../world/world.ts';

/** Runs a command's function on the world that the global flags select. */
export type Run = (globals: Globals, verb: (world: World) => Promise<Exit>) => Promise<void>;

/** Everything that the program needs to build its commands and help. `width` is in columns. */
export interface ProgramNeeds {
  readonly words: Words;
  readonly version: string;
  readonly run: Run;
  /** Writes the help text that the person asked for. */
  readonly print: (text: string) => void;
  readonly width: number;
  /** The command line that follows `demo`. */
  readonly demo: DemoLine;
  /** The command line that a shell wants to complete; absent unless a shell asks. */
  readonly typed?: TypedLine;
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'usage',
  'Options:': 'options',
  'Global Options:': 'globals',
  'Commands:': 'commands_title',
  'Arguments:': 'arguments',
};

/** Builds the program without its commands: description, global flags, and the layout of help. */
export function rootCommand({ words, version, run, print, width }: ProgramNeeds): Command {
  const program = new Command('rupture');
  const help = (key: string): string => words(`help.${key}`);
  const plainHelp = new Help();
  return program
    .description(`${help('about')}\n${help('disclaimer')}`)
    .version(version, '-V, --version', help('version'))
    .helpOption('-h, --help', help('help'))
    .helpCommand(false)
    .option('--folder <dir>', help('folder'))
    .option('--passphrase-fd <n>', help('passphrase_fd'))
    .option('--plain', help('plain'))
    .addOption(new Option('--no-color', help('no_color')))
    .configureHelp({
      showGlobalOptions: true,
      formatHelp: (made, helper) => examplesFirst(plainHelp.formatHelp(made, helper), examples(made, help)),
      formatItem: (term, termWidth, text, helper) =>
        width - termWidth < 28 && text !== ''
          ? `  ${term}\n${helper.boxWrap(text, width - 6).replace(/^/gm, '      ')}`
          : plainHelp.formatItem(term, termWidth, text, helper),
      minWidthToWrap: 20,
      styleTitle: title => (titles[title] === undefined ? title : help(titles[title])),
    })
    .configureOutput({
      writeOut: print,
      writeErr: () => {},
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .exitOverride()
    .addHelpText('after', `\n${help('footer')}`)
    .action(() =>
      run(program.opts<Globals>(), async world =>
        (await import('../commands/read/home.ts')).home(world, () => program.outputHelp()),
      ),
    );
}

/** Returns the example lines of a command. All commands of a group, such as `trash`, share one key. */
function examples(made: Command, help: (key: string) => string): string {
  if (made.parent === null) return help('examples');
  const names = made.parent.parent === null ? [made.name()] : [made.parent.name(), made.name()];
  const key = (names[0] ?? '').replaceAll('-', '_');
  return examplesOf(help(`${key}.examples`), ['rupture', ...names].join(' '));
}
