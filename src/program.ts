import { Command, CommanderError, Help, Option } from 'commander';
import { examplesFirst, examplesOf, tableOf } from './core/command-line/command-table.ts';
import { collect, joinWithCommas, refuseRepeats } from './core/command-line/repeated-flags.ts';
import { Exit } from './errors.ts';
import type { TypedLine } from './commands/manage/complete.ts';
import type { DemoLine } from './commands/read/demo.ts';
import type { ExportOptions } from './commands/manage/export.ts';
import type { DeleteOptions } from './commands/write/delete.ts';
import type { DoctorOptions } from './commands/manage/doctor.ts';
import type { FollowUpOptions } from './commands/write/follow-up.ts';
import type { ImportOptions } from './commands/manage/import.ts';
import type { LearnOptions } from './commands/read/learn.ts';
import type { LetGoOptions } from './commands/write/let-go.ts';
import type { ListOptions } from './commands/read/list.ts';
import type { MarkOptions } from './commands/write/mark.ts';
import type { PatternsOptions } from './commands/read/patterns.ts';
import type { PrepOptions } from './commands/write/prep.ts';
import type { ReflectOptions } from './cli/options/reflect-options.ts';
import type { SearchOptions } from './commands/read/search.ts';
import type { ShowOptions } from './commands/read/show.ts';
import type { SummaryOptions } from './commands/read/summary.ts';
import type { Globals, Words, World } from './world/world.ts';

/** Runs a verb on the world that the global flags ask for. */
export type Run = (globals: Globals, verb: (world: World) => Promise<Exit>) => Promise<void>;

export interface ProgramNeeds {
  readonly words: Words;
  readonly version: string;
  readonly run: Run;
  /** Writes help that was asked for. */
  readonly print: (text: string) => void;
  readonly width: number;
  /** What stands behind `demo`. */
  readonly demo: DemoLine;
  /** What a shell asks to be completed. */
  readonly typed?: TypedLine;
  /**
   * The first word, where that is a command: the others are not made then, for the table of all of them is
   * dear.
   */
  readonly only?: string;
  /** Where nothing of it will be shown: its words take as long to look up as all else here to make. */
  readonly withoutHelp?: boolean;
}

/** Builds the table of commands: names, flags, help. Each action imports its verb when it runs. */
export function buildProgram({
  words,
  version,
  run,
  print,
  width,
  demo,
  typed,
  only,
  withoutHelp = false,
}: ProgramNeeds): Command {
  const program = new Command('rupture');
  const help = (key: string): string => (withoutHelp ? '' : words(`help.${key}`));
  const go = (verb: (world: World) => Promise<Exit>): Promise<void> => run(program.opts<Globals>(), verb);
  const titles: Readonly<Record<string, string>> = {
    'Usage:': 'usage',
    'Options:': 'options',
    'Global Options:': 'globals',
    'Commands:': 'commands_title',
    'Arguments:': 'arguments',
  };

  const examples = (made: Command): string => {
    const [name = '', inner] = [...(made.parent?.parent == null ? [] : [made.parent.name()]), made.name()];
    const key = name.replaceAll('-', '_');
    return made === program
      ? help('examples')
      : examplesOf(
          help(`${key}.examples`),
          ['rupture', name, ...(inner === undefined ? [] : [inner])].join(' '),
        );
  };
  const plainHelp = new Help();

  program
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
      formatHelp: (made, helper) => examplesFirst(plainHelp.formatHelp(made, helper), examples(made)),
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
      go(async world => (await import('./commands/read/home.ts')).home(world, () => program.outputHelp())),
    );

  const command = (name: string, key: string): Command =>
    program
      .command(name)
      .description(help(`${key}.about`))
      .helpOption('-h, --help', help('help'));

  // An id, or the words of a title: as many as are typed.
  const aboutNote = (made: Command): Command => made.argument('[id]', help('id')).allowExcessArguments(true);

  const filtered = (made: Command): Command =>
    made
      .option('--status <status>', help('list.status'), joinWithCommas)
      .option('--since <day>', help('summary.since'))
      .option('--until <day>', help('list.until'))
      .option('--with <who>', help('summary.with'))
      .option('--kind <kind>', help('list.kind'), joinWithCommas)
      .option('--feeling <feeling>', help('list.feeling'), joinWithCommas)
      .option('--tag <tag>', help('list.tag'), joinWithCommas)
      .option('--limit <n>', help('summary.limit'))
      .option('--include-set-aside', help('summary.include_set_aside'));

  const addAll = (wanted: string | undefined): void => {
    const add = (name: string, make: () => unknown): void => {
      if (wanted === undefined || wanted === name) make();
    };
    add('reflect', () =>
      command('reflect', 'reflect')
        .option('--quick', help('reflect.quick'))
        .option('--full', help('reflect.full'))
        .option('--date <day>', help('reflect.date'))
        .option('--with <who>', help('reflect.with'))
        .option('--template <name>', help('reflect.template'))
        .option('-m, --message <text>', help('reflect.message'), collect)
        .option('--answers <file>', help('reflect.answers'))
        .option('--more [id]', help('reflect.more'))
        .option('--resume', help('reflect.resume'))
        .option('--discard', help('reflect.discard'))
        .action((options: ReflectOptions) =>
          go(async world =>
            options.message === undefined
              ? (await import('./commands/write/reflect.ts')).reflect(world, options)
              : (await import('./commands/write/message.ts')).message(world, options.message, options),
          ),
        ),
    );
    add('summary', () =>
      command('summary', 'summary')
        .option('--format <format>', help('summary.format'))
        .option('--since <day>', help('summary.since'))
        .option('--with <who>', help('summary.with'))
        .option('--status <status>', help('summary.status'), joinWithCommas)
        .option('--limit <n>', help('summary.limit'))
        .option('--include-resting', help('summary.include_resting'))
        .option('--include-set-aside', help('summary.include_set_aside'))
        .option('--count', help('summary.count'))
        .action((options: SummaryOptions) =>
          go(async world => (await import('./commands/read/summary.ts')).summary(world, options)),
        ),
    );
    add('list', () =>
      filtered(command('list', 'list'))
        .option('--format <format>', help('list.format'))
        .action((options: ListOptions) =>
          go(async world => (await import('./commands/read/list.ts')).list(world, options)),
        ),
    );
    add('search', () =>
      filtered(command('search', 'search').argument('<words...>', help('search.words')))
        .option('--format <format>', help('patterns.format'))
        .action((said: readonly string[], options: SearchOptions) =>
          go(async world => (await import('./commands/read/search.ts')).search(world, said, options)),
        ),
    );
    add('patterns', () =>
      command('patterns', 'patterns')
        .option('--format <format>', help('patterns.format'))
        .option('--bring', help('patterns.bring'))
        .option('--since <day>', help('patterns.since'))
        .option('--with <who>', help('patterns.with'))
        .option('--include-set-aside', help('patterns.include_set_aside'))
        .action((options: PatternsOptions) =>
          go(async world => (await import('./commands/read/patterns.ts')).patterns(world, options)),
        ),
    );
    add('show', () =>
      aboutNote(command('show', 'show'))
        .option('--format <format>', help('show.format'))
        .option('--card', help('show.card'))
        .action((_id: unknown, options: ShowOptions, { args }: Command) =>
          go(async world => (await import('./commands/read/show.ts')).show(world, args, options)),
        ),
    );
    add('prep', () =>
      command('prep', 'prep')
        .argument('[ids...]', help('prep.ids'))
        .option('--quick', help('prep.quick'))
        .option('--card <file>', help('prep.card'))
        .option('--answers <file>', help('prep.answers'))
        .action((ids: readonly string[], options: PrepOptions) =>
          go(async world => (await import('./commands/write/prep.ts')).prep(world, ids, options)),
        ),
    );
    add('follow-up', () =>
      aboutNote(command('follow-up', 'follow_up'))
        .option('--answers <file>', help('prep.answers'))
        .action((_id: unknown, options: FollowUpOptions, { args }: Command) =>
          go(async world => (await import('./commands/write/follow-up.ts')).followUp(world, args, options)),
        ),
    );
    add('let-go', () =>
      aboutNote(command('let-go', 'let_go'))
        .option('--answers <file>', help('prep.answers'))
        .action((_id: unknown, options: LetGoOptions, { args }: Command) =>
          go(async world => (await import('./commands/write/let-go.ts')).letGo(world, args, options)),
        ),
    );
    add('reopen', () =>
      aboutNote(command('reopen', 'reopen')).action((_id: unknown, _options: unknown, { args }: Command) =>
        go(async world => (await import('./commands/write/reopen.ts')).reopen(world, args)),
      ),
    );
    add('mark', () =>
      aboutNote(command('mark', 'mark'))
        .argument('[status]', help('mark.status'))
        .option('--note <text>', help('mark.note'), collect)
        .option('--size <n>', help('mark.size'))
        .option('--until <day>', help('mark.until'))
        .action((_id: unknown, _status: unknown, options: MarkOptions, { args }: Command) =>
          go(async world => (await import('./commands/write/mark.ts')).mark(world, args, options)),
        ),
    );
    add('edit', () =>
      aboutNote(command('edit', 'edit')).action((_id: unknown, _options: unknown, { args }: Command) =>
        go(async world => (await import('./commands/write/edit.ts')).edit(world, args)),
      ),
    );
    add('delete', () =>
      command('delete', 'delete')
        .argument('[ids...]', help('delete.ids'))
        .option('--all', help('delete.all'))
        .option('--forever', help('delete.forever'))
        .option('--yes', help('yes'))
        .action((ids: readonly string[], options: DeleteOptions) =>
          go(async world => (await import('./commands/write/delete.ts')).deleteMoments(world, ids, options)),
        ),
    );
    add('trash', () => addTrash(command('trash', 'trash'), help, go));
    add('undo', () =>
      command('undo', 'undo')
        .option('--redo', help('undo.redo'))
        .action((options: { readonly redo?: boolean }) =>
          go(async world => (await import('./commands/write/undo.ts')).undo(world, options)),
        ),
    );
    add('redo', () =>
      command('redo', 'redo').action(() =>
        go(async world => (await import('./commands/write/undo.ts')).undo(world, { redo: true })),
      ),
    );
    add('learn', () =>
      command('learn', 'learn')
        .argument('[topic]', help('learn.topic'))
        .option('--sources', help('learn.sources'))
        .action((topic: string | undefined, options: LearnOptions) =>
          go(async world => (await import('./commands/read/learn.ts')).learn(world, topic, options)),
        ),
    );
    add('export', () =>
      filtered(
        command('export', 'export')
          .argument('<format>', help('export.format'))
          .option('--to <file>', help('export.to')),
      ).action((format: string, options: ExportOptions) =>
        go(async world => (await import('./commands/manage/export.ts')).exportNotes(world, format, options)),
      ),
    );
    add('import', () =>
      command('import', 'import')
        .argument('<path>', help('import.path'))
        .option('--from <source>', help('import.from'))
        .option('--dry-run', help('import.dry_run'))
        .option('--update', help('import.update'))
        .action((path: string, options: ImportOptions) =>
          go(async world => (await import('./commands/manage/import.ts')).importNotes(world, path, options)),
        ),
    );
    add('help-now', () =>
      command('help-now', 'help_now').action(() =>
        go(async world => (await import('./commands/read/help-now.ts')).helpNow(world)),
      ),
    );
    add('doctor', () =>
      command('doctor', 'doctor')
        .option('--fix', help('doctor.fix'))
        .option('--format <format>', help('doctor.format'))
        .action((options: DoctorOptions) =>
          go(async world => (await import('./commands/manage/doctor.ts')).doctor(world, options)),
        ),
    );
    add('encrypt', () => addEncrypt(command('encrypt', 'encrypt'), help, go));
    add('templates', () => addTemplates(command('templates', 'templates'), help, go));
    add('config', () => addConfig(command('config', 'config'), help, go));
    add('demo', () =>
      command('demo', 'demo')
        .argument('[command...]', help('demo.command'))
        .action(() => go(async world => (await import('./commands/read/demo.ts')).demo(world, demo))),
    );
    add('completion', () =>
      command('completion', 'completion')
        .argument('<shell>', help('completion.shell'))
        .action((shell: string) =>
          go(async world => (await import('./commands/manage/completion.ts')).completion(world, shell)),
        ),
    );
    add('__complete', () =>
      program
        .command('__complete', { hidden: true })
        .action(() =>
          go(async world =>
            (await import('./commands/manage/complete.ts')).complete(
              world,
              tableOf(program),
              typed ?? { shell: '', words: [] },
            ),
          ),
        ),
    );
    add('where', () =>
      command('where', 'where').action(() =>
        go(async world => (await import('./commands/manage/where.ts')).where(world)),
      ),
    );
  };
  addAll(only);
  // What is no command is told which one it may have meant.
  if (program.commands.length === 0) addAll(undefined);
  refuseRepeats(program);
  return program;
}

function addTemplates(
  templates: Command,
  help: (key: string) => string,
  go: (verb: (world: World) => Promise<Exit>) => Promise<void>,
): void {
  const verbs = () => import('./commands/manage/templates.ts');
  const sub = (name: string): Command =>
    templates
      .command(name)
      .description(help(`templates.${name}`))
      .helpOption('-h, --help', help('help'));
  templates.helpCommand(false).action(() => go(async world => (await verbs()).templatesList(world)));
  sub('list').action(() => go(async world => (await verbs()).templatesList(world)));
  sub('show')
    .argument('<name>', help('templates.name'))
    .action((name: string) => go(async world => (await verbs()).templatesShow(world, name)));
  sub('new')
    .argument('<name>', help('templates.new_name'))
    .action((name: string) => go(async world => (await verbs()).templatesNew(world, name)));
  sub('check')
    .argument('<name>', help('templates.checked'))
    .action((name: string) => go(async world => (await verbs()).templatesCheck(world, name)));
}

function addEncrypt(
  encrypt: Command,
  help: (key: string) => string,
  go: (verb: (world: World) => Promise<Exit>) => Promise<void>,
): void {
  const verbs = () => import('./commands/manage/encrypt.ts');
  const looks = () => import('./commands/manage/encrypt-status.ts');
  const sub = (name: string): Command =>
    encrypt
      .command(name)
      .description(help(`encrypt.${name}`))
      .helpOption('-h, --help', help('help'));
  encrypt.helpCommand(false);
  sub('on').action(() => go(async world => (await verbs()).encryptOn(world)));
  sub('off')
    .option('--yes', help('yes'))
    .action((options: { readonly yes?: boolean }) =>
      go(async world => (await verbs()).encryptOff(world, options)),
    );
  sub('status').action(() => go(async world => (await looks()).encryptStatus(world)));
  sub('passphrase').action(() => go(async world => (await verbs()).encryptPassphrase(world)));
  sub('rotate').action(() => go(async world => (await verbs()).encryptRotate(world)));
  sub('trust').action(() => go(async world => (await looks()).encryptTrust(world)));
  encrypt.action(() => go(async world => (await looks()).encryptStatus(world)));
}

function addConfig(
  config: Command,
  help: (key: string) => string,
  go: (verb: (world: World) => Promise<Exit>) => Promise<void>,
): void {
  const verbs = () => import('./commands/manage/config.ts');
  const sub = (name: string): Command =>
    config
      .command(name)
      .description(help(`config.${name}`))
      .helpOption('-h, --help', help('help'));
  config.helpCommand(false);
  sub('list').action(() => go(async world => (await verbs()).configList(world)));
  sub('get')
    .argument('<key>', help('config.key'))
    .action((key: string) => go(async world => (await verbs()).configGet(world, key)));
  sub('set')
    .argument('<key>', help('config.key'))
    .argument('<value>', help('config.value'))
    .action((key: string, value: string) => go(async world => (await verbs()).configSet(world, key, value)));
  sub('unset')
    .argument('<key>', help('config.key'))
    .action((key: string) => go(async world => (await verbs()).configUnset(world, key)));
  sub('path').action(() => go(async world => (await verbs()).configPath(world)));
  config.action(() => go(async world => (await verbs()).configList(world)));
}

function addTrash(
  trash: Command,
  help: (key: string) => string,
  go: (verb: (world: World) => Promise<Exit>) => Promise<void>,
): void {
  const verbs = () => import('./commands/write/trash.ts');
  const sub = (name: string): Command =>
    trash
      .command(name)
      .description(help(`trash.${name}`))
      .helpOption('-h, --help', help('help'));
  trash.helpCommand(false);
  sub('list').action(() => go(async world => (await verbs()).trashList(world)));
  const about = (name: string, act: (world: World, typed: readonly string[]) => Promise<Exit>): Command =>
    sub(name)
      .argument('[id]', help('trash.id'))
      .allowExcessArguments(true)
      .action((_id: unknown, _options: unknown, { args }: Command) => go(world => act(world, args)));
  about('show', async (world, typed) => (await verbs()).trashShow(world, typed));
  about('restore', async (world, typed) => (await verbs()).trashRestore(world, typed));
  sub('empty')
    .option('--yes', help('yes'))
    .action((options: { readonly yes?: boolean }) =>
      go(async world => (await verbs()).trashEmpty(world, options)),
    );
  trash.action(() => go(async world => (await verbs()).trashList(world)));
}

export { CommanderError };
