import type { Finding, Words } from '../../world/world.ts';
import { markdownLine } from '../text/markdown-text.ts';
import { jsonText } from '../text/json-text.ts';

/** What came of looking, and of mending where that was asked for. */
export interface Checked {
  readonly folder: string;
  /** How many notes can be read. */
  readonly notes: number;
  readonly found: readonly Outcome[];
}

export interface Outcome {
  readonly finding: Finding;
  /** True when it was mended in this run. */
  readonly mended: boolean;
}

/** So many of a kind are named; the others are counted. JSON has them all. */
const named = 8;

/**
 * Writes the report as Markdown: what is left, what was mended, what is good to know; one sentence when all
 * is well.
 */
export function doctorMarkdown(checked: Checked, words: Words): string {
  return lines(checked, words, { title: text => `## ${text}\n`, item: text => `- ${markdownLine(text)}` });
}

/** Writes the report without markup. */
export function doctorPlain(checked: Checked, words: Words): string {
  return lines(checked, words, { title: text => text, item: text => `- ${text}` });
}

/** Gives the JSON object, version 1: every finding with its file and line, and what became of it. */
export function doctorJson({ folder, notes, found }: Checked, words: Words): string {
  return jsonText(
    {
      version: 1,
      folder,
      notes,
      left: found.filter(isLeft).length,
      found: found.map(({ finding: { key, path, line, params, severity, mend }, mended }) => ({
        what: key,
        path,
        line,
        says: words(`${key}.says`, params),
        do: words(`${key}.do`, params),
        only_told: severity === 'info',
        can_mend: mend !== undefined,
        mended,
      })),
    },
    2,
  );
}

/** Says whether something is still to be done about it. */
export function isLeft({ finding, mended }: Outcome): boolean {
  return finding.severity === 'action' && !mended;
}

interface Marks {
  readonly title: (text: string) => string;
  readonly item: (text: string) => string;
}

function lines({ folder, notes, found }: Checked, words: Words, { title, item }: Marks): string {
  const left = found.filter(isLeft);
  const mended = found.filter(one => one.mended);
  const told = found.filter(({ finding }) => finding.severity === 'info');
  const part = (key: string, all: readonly Outcome[], say: (one: Outcome) => string): readonly string[] =>
    all.length === 0
      ? []
      : [[title(words(key, { n: all.length })), ...few(all, say, words).map(item)].join('\n')];
  const advise = ({ finding: { key, params } }: Outcome): string =>
    `${words(`${key}.says`, params)} ${words(`${key}.do`, params)}`;
  const parts = [
    ...part('doctor.mended', mended, ({ finding: { mend, params } }) =>
      words(`doctor.did.${mend?.did ?? 'mode'}`, params),
    ),
    ...part('doctor.left', left, advise),
    ...part('doctor.told', told, advise),
  ];
  const head = words(left.length === 0 ? 'doctor.well' : 'doctor.looked', { n: notes, folder });
  const canMend = left.filter(({ finding }) => finding.mend !== undefined).length;
  return [head, ...parts, ...(canMend === 0 ? [] : [words('doctor.can_mend', { n: canMend })])].join('\n\n');
}

// A folder that came out of an archive has the same thing a thousand times.
function few(all: readonly Outcome[], say: (one: Outcome) => string, words: Words): readonly string[] {
  const counts = new Map<string, number>();
  for (const {
    finding: { key },
  } of all)
    counts.set(key, (counts.get(key) ?? 0) + 1);
  const seen = new Map<string, number>();
  return all.flatMap(one => {
    const { key } = one.finding;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    if (nth <= named) return [say(one)];
    return nth === named + 1 ? [words('doctor.and_more', { n: (counts.get(key) ?? nth) - named })] : [];
  });
}
