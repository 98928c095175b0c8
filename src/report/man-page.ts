import type { CommandEntry, FlagEntry, WordEntry } from '../core/command-line/command-table.ts';
import { examplesOf } from '../core/command-line/command-table.ts';
import type { Words } from '../world/world.ts';

/** Returns the manual page in roff, for `man` and `mandoc`, from the same table and texts as `--help`. */
export function manPage(table: CommandEntry, words: Words, version: string): string {
  const head = (key: string): string => `.SH ${escapeRoff(words(key))}`;
  const paragraphs = words('man.what')
    .split('\n')
    .map(paragraph => `.PP\n${fill(paragraph)}`);
  return `${[
    `.TH ${table.name.toUpperCase()} 1 "${words('man.date')}" "${escapeRoff(`${table.name} ${version}`)}" "${escapeRoff(words('man.manual'))}"`,
    '.nh\n.ad l',
    head('man.name'),
    `${table.name} \\- ${fill(words('man.short'), 60)}`,
    head('man.synopsis'),
    `.B ${escapeRoff(words('man.synopsis_line'))}`,
    head('man.description'),
    ...paragraphs,
    ...examples(words('help.examples')),
    head('man.commands'),
    ...table.commands.flatMap(command => commandPart(command, words)),
    head('man.globals'),
    ...table.flags.map(flagPart),
    head('man.keys'),
    `.PP\n${fill(words('man.keys_where'))}`,
    ...listPart(words('man.key_table')),
    head('man.exit'),
    ...listPart(words('man.exits')),
    head('man.environment'),
    ...listPart(words('man.variables')),
    head('man.files'),
    ...listPart(words('man.places')),
    head('man.see'),
    fill(words('man.see_also')),
  ]
    .join('\n')
    .replace(/(\.SH [^\n]*\n)\.PP\n/g, '$1')}\n`;
}

function commandPart(command: CommandEntry, words: Words): readonly string[] {
  const all = words(`help.${command.name.replaceAll('-', '_')}.examples`);
  return [
    `.SS ${escapeRoff(`rupture ${command.name}${command.words.map(argumentUsage).join('')}`)}`,
    fill(`${command.about}.`),
    ...command.words.map(word => item(word.name, word.about)),
    ...command.flags.map(flagPart),
    ...command.commands.flatMap(inner => [
      item(`${inner.name}${inner.words.map(argumentUsage).join('')}`, inner.about),
      ...(inner.flags.length === 0 ? [] : ['.RS', ...inner.flags.map(flagPart), '.RE']),
    ]),
    ...examples(examplesOf(all, `rupture ${command.name}`)),
  ];
}

function argumentUsage({ name, required, variadic }: WordEntry): string {
  const shown = variadic ? `${name}...` : name;
  return required ? ` <${shown}>` : ` [${shown}]`;
}

function flagPart({ written: flag, about }: FlagEntry): string {
  return item(flag, about);
}

function item(name: string, about: string): string {
  return `.TP\n.B ${escapeRoff(name)}\n${fill(about)}`;
}

function listPart(lines: string): readonly string[] {
  return lines.split('\n').map(line => {
    const colon = line.indexOf(': ');
    return item(line.slice(0, colon), line.slice(colon + 2));
  });
}

// Drops the first line, a title for `--help`: in the manual, the examples follow their command.
function examples(words: string): readonly string[] {
  const lines = words.split('\n').slice(1);
  const shown = lines.filter(line => line.startsWith('  ')).map(line => escapeRoff(line.slice(2)));
  const explanations = lines
    .filter(line => line.trim() !== '' && !line.startsWith('  '))
    .map(line => `.PP\n${fill(line)}`);
  return shown.length === 0 ? [] : ['.PP', '.RS', '.nf', ...shown, '.fi', '.RE', ...explanations];
}

/** Breaks a text into lines of about `longest` characters, for readers of the source. `man` refills them. */
function fill(words: string, longest = 70): string {
  const lines: string[] = [];
  for (const word of words.split(' ').map(escapeRoff)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= longest) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

const roffNames: Readonly<Record<string, string>> = {
  '\\': '\\e',
  '-': '\\-',
  '“': '\\(lq',
  '”': '\\(rq',
  '’': '\\(cq',
  '‘': '\\(oq',
  '"': '\\(dq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
  "'": '\\(aq',
  '…': '...',
};

/**
 * Escapes a text for roff: characters that roff changes, a period at the beginning of a line, and characters
 * beyond ASCII.
 */
function escapeRoff(words: string): string {
  const escaped = [...words]
    .map(
      character =>
        roffNames[character] ??
        (character > '\u007e'
          ? `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
          : character),
    )
    .join('');
  return escaped.replace(/^\./, '\\&.');
}
