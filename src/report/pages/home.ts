import type { Day } from '../../core/dates/day.ts';
import type { Summary } from '../../core/search/summary.ts';
import type { Style, Words } from '../../world/world.ts';
import { longDay } from '../text/dates.ts';
import type { Layout } from './summary-report.ts';

/** The data of the first screen. */
export interface Home {
  readonly summary: Summary;
  readonly hasMoments: boolean;
  /** True if a file can't be read: it may contain an unresolved note. */
  readonly hasUnread: boolean;
  readonly lastSession?: Day;
  /** The commands that resume the drafts, newest draft first. */
  readonly drafts: readonly string[];
  /** True if speaking up is not safe for a moment that is still open: do not suggest it first. */
  readonly notSafe?: boolean;
  /** True if each open moment was brought up and denied or punished: do not suggest trying again first. */
  readonly metBadly?: boolean;
  /** The command that resumes the newest draft that ended at the help page. `help-now` is suggested first. */
  readonly afterHelp?: string;
}

const commands = ['reflect', 'prep', 'summary', 'patterns', 'help-now'];
const commandsAfterHelp = ['help-now', 'reflect', 'summary', 'patterns', 'prep'];
const commandsNotSafe = ['reflect', 'help-now', 'summary', 'patterns', 'prep'];

/** Lays out the first screen: the open notes, a sensible next step, five commands. */
export function homePage(home: Home, words: Words, style: Style, layout: Layout): string {
  const { summary, lastSession, drafts, afterHelp } = home;
  const shown = commandsFor(home);
  const open = openWords(home, words);
  const last =
    lastSession === undefined ? '' : words('home.last', { day: longDay(lastSession, summary.on, words) });
  const gapWidth = Math.min(layout.width, 80) - 2 - layout.widthOf(open) - layout.widthOf(last);
  const openLines = layout.wrap(open, layout.width - 2);
  const withLast =
    gapWidth >= 2
      ? [`${open}${' '.repeat(gapWidth)}${style.faint(last)}`]
      : [...openLines, style.faint(last)];
  const first = last === '' ? openLines : withLast;
  const next = words('home.next', { command: style.accent(nextCommand(home)) });
  const commandWidth = Math.max(...shown.map(name => `rupture ${name}`.length));
  const descriptions = shown.map(name => words(`home.commands.${name}`));
  const isBeside = commandWidth + 7 + Math.max(...descriptions.map(layout.widthOf)) <= layout.width;
  const rows = shown.flatMap((name, at) => {
    const line = `  ${style.accent(`rupture ${name}`)}`;
    return isBeside
      ? [`${line}${' '.repeat(commandWidth - `rupture ${name}`.length)}   ${descriptions[at]}`]
      : [line, ...layout.wrap(descriptions[at] ?? '', layout.width - 6).map(text => `    ${text}`)];
  });
  const resume = drafts.length > 0 ? words('home.resume', { n: drafts.length }) : '';
  const isNamedBelow = afterHelp !== undefined && drafts.length === 1;
  const waiting = resume === '' || resume === open || isNamedBelow ? [] : [resume];
  const howToResume = afterHelp === undefined ? '' : words('home.kept', { command: `rupture ${afterHelp}` });
  const below = howToResume === '' ? [] : layout.wrap(howToResume, layout.width - 2);
  return [...first, '', ...waiting, next, ...below, '', ...rows, style.faint(words('home.more'))]
    .map(line => (line === '' ? '' : `  ${line}`))
    .join('\n');
}

function openWords({ summary: { items }, hasMoments, hasUnread, drafts }: Home, words: Words): string {
  if (items.length === 0 && hasUnread) return words('home.unread');
  // Do not say that nothing is saved yet: a draft is saved too.
  if (!hasMoments && drafts.length > 0) return words('home.resume', { n: drafts.length });
  if (!hasMoments) return words('home.nothing_yet');
  if (items.length === 0) return words('home.nothing_open');
  const count = (status: string): number => items.filter(({ head }) => head.status === status).length;
  const [planned, kept] = [count('planned'), count('open')];
  const groups = [
    ['home.planned', planned],
    ['home.others', kept],
    ['home.unsettled', items.length - planned - kept],
  ] as const;
  return groups
    .flatMap(([key, n]) => (n > 0 ? [words(key, { n })] : []))
    .reduceRight((second, first) => words('home.both', { first, second }));
}

function commandsFor(home: Home): readonly string[] {
  if (home.afterHelp !== undefined) return commandsAfterHelp;
  return isPrepLast(home) ? commandsNotSafe : commands;
}

function isPrepLast({ notSafe = false, metBadly = false }: Home): boolean {
  return notSafe || metBadly;
}

function nextCommand(home: Home): string {
  const {
    summary: { items },
    hasMoments,
    hasUnread,
    drafts,
    notSafe = false,
  } = home;
  if (home.afterHelp !== undefined) return 'rupture help-now';
  const draft = drafts.find(command => !notSafe || command !== 'prep');
  if (draft !== undefined) return `rupture ${draft}`;
  if (items.length === 0 && hasUnread) return 'rupture doctor';
  return !hasMoments || items.length === 0 || isPrepLast(home) ? 'rupture reflect' : 'rupture prep';
}
