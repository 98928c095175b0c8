import type { CommandEntry, FlagEntry, WordEntry } from '../core/command-line/command-table.ts';
import { examplesOf } from '../core/command-line/command-table.ts';
import type { Words } from '../world/world.ts';

/**
 * Writes the page of the manual in roff, for `man` and `mandoc`, of the same table and the same words as
 * `--help`.
 */
export function manPage(table: CommandEntry, words: Words, version: string): string {
  const head = (key: string): string => `.SH ${text(words(key))}`;
  const paragraphs = words('man.what')
    .split('\n')
    .map(one => `.PP\n${filled(one)}`);
  return `${[
    `.TH ${table.name.toUpperCase()} 1 "${words('man.date')}" "${text(`${table.name} ${version}`)}" "${text(words('man.manual'))}"`,
    '.nh\n.ad l',
    head('man.name'),
    `${table.name} \\- ${filled(words('man.short'), 60)}`,
    head('man.synopsis'),
    `.B ${text(words('man.synopsis_line'))}`,
    head('man.description'),
    ...paragraphs,
    ...examples(words('help.examples')),
    head('man.commands'),
    ...table.commands.flatMap(command => commandPart(command, words)),
    head('man.globals'),
    ...table.flags.map(flagPart),
    head('man.keys'),
    `.PP\n${filled(words('man.keys_where'))}`,
    ...listPart(words('man.key_table')),
    head('man.exit'),
    ...listPart(words('man.exits')),
    head('man.environment'),
    ...listPart(words('man.variables')),
    head('man.files'),
    ...listPart(words('man.places')),
    head('man.see'),
    filled(words('man.see_also')),
  ]
    .join('\n')
    .replace(/(\.SH [^\n]*\n)\.PP\n/g, '$1')}\n`;
}

function commandPart(command: CommandEntry, words: Words): readonly string[] {
  const all = words(`help.${command.name.replaceAll('-', '_')}.examples`);
  return [
    `.SS ${text(`rupture ${command.name}${command.words.map(written).join('')}`)}`,
    filled(`${command.about}.`),
    ...command.words.map(word => item(word.name, word.about)),
    ...command.flags.map(flagPart),
    ...command.commands.flatMap(inner => [
      item(`${inner.name}${inner.words.map(written).join('')}`, inner.about),
      ...(inner.flags.length === 0 ? [] : ['.RS', ...inner.flags.map(flagPart), '.RE']),
    ]),
    ...examples(examplesOf(all, `rupture ${command.name}`)),
  ];
}

function written({ name, required, variadic }: WordEntry): string {
  const shown = variadic ? `${name}...` : name;
  return required ? ` <${shown}>` : ` [${shown}]`;
}

function flagPart({ written: flag, about }: FlagEntry): string {
  return item(flag, about);
}

function item(name: string, about: string): string {
  return `.TP\n.B ${text(name)}\n${filled(about)}`;
}

function listPart(lines: string): readonly string[] {
  return lines.split('\n').map(line => {
    const colon = line.indexOf(': ');
    return item(line.slice(0, colon), line.slice(colon + 2));
  });
}

// The title in the words is of --help; here the examples stand under their command.
function examples(words: string): readonly string[] {
  const lines = words.split('\n').slice(1);
  const shown = lines.filter(line => line.startsWith('  ')).map(line => text(line.slice(2)));
  const said = lines
    .filter(line => line.trim() !== '' && !line.startsWith('  '))
    .map(line => `.PP\n${filled(line)}`);
  return shown.length === 0 ? [] : ['.PP', '.RS', '.nf', ...shown, '.fi', '.RE', ...said];
}

/** Lays a text out in short lines, as readers of roff sources like it; `man` fills them anew. */
function filled(words: string, longest = 70): string {
  const lines: string[] = [];
  for (const word of words.split(' ').map(text)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= longest) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

const named: Readonly<Record<string, string>> = {
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
 * Escapes what roff would read as its own: signs it changes, a point or a quote at the beginning of a line,
 * and letters beyond ASCII.
 */
function text(words: string): string {
  const escaped = [...words]
    .map(
      sign =>
        named[sign] ??
        (sign > '\u007e'
          ? `\\[u${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
          : sign),
    )
    .join('');
  return escaped.replace(/^\./, '\\&.');
}
