import type { Finding, Words } from '../../world/world.ts';
import { markdownLine } from '../text/markdown-text.ts';
import { jsonText } from '../text/json-text.ts';

/** The result of a check, and of repairs if the person asked for them. */
export interface DoctorResult {
  readonly folder: string;
  /** The number of readable notes. */
  readonly notes: number;
  readonly found: readonly FindingResult[];
}

/** A finding, and whether it was repaired. */
export interface FindingResult {
  readonly finding: Finding;
  /** True if this run repaired it. */
  readonly mended: boolean;
}

/** How many findings of a kind are listed; the rest are only counted. JSON contains all. */
const mostListed = 8;

/**
 * Returns the report as Markdown: repairs, findings that need action, and findings for information; one
 * sentence if there are none.
 */
export function doctorMarkdown(result: DoctorResult, words: Words): string {
  return lines(result, words, { title: text => `## ${text}\n`, item: text => `- ${markdownLine(text)}` });
}

/** Returns the report without markup. */
export function doctorPlain(result: DoctorResult, words: Words): string {
  return lines(result, words, { title: text => text, item: text => `- ${text}` });
}

/** Returns the JSON object, version 1: every finding with its file and line, and whether it was repaired. */
export function doctorJson({ folder, notes, found }: DoctorResult, words: Words): string {
  return jsonText(
    {
      version: 1,
      folder,
      notes,
      left: found.filter(needsAction).length,
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

/** Returns true if the finding still needs action. */
export function needsAction({ finding, mended }: FindingResult): boolean {
  return finding.severity === 'action' && !mended;
}

interface Markup {
  readonly title: (text: string) => string;
  readonly item: (text: string) => string;
}

function lines({ folder, notes, found }: DoctorResult, words: Words, { title, item }: Markup): string {
  const needAction = found.filter(needsAction);
  const mended = found.filter(outcome => outcome.mended);
  const forInformation = found.filter(({ finding }) => finding.severity === 'info');
  const part = (
    key: string,
    all: readonly FindingResult[],
    say: (outcome: FindingResult) => string,
  ): readonly string[] =>
    all.length === 0
      ? []
      : [[title(words(key, { n: all.length })), ...listFew(all, say, words).map(item)].join('\n')];
  const advise = ({ finding: { key, params } }: FindingResult): string =>
    `${words(`${key}.says`, params)} ${words(`${key}.do`, params)}`;
  const parts = [
    ...part('doctor.mended', mended, ({ finding: { mend, params } }) =>
      words(`doctor.did.${mend?.did ?? 'mode'}`, params),
    ),
    ...part('doctor.left', needAction, advise),
    ...part('doctor.told', forInformation, advise),
  ];
  const head = words(needAction.length === 0 ? 'doctor.well' : 'doctor.looked', { n: notes, folder });
  const canMend = needAction.filter(({ finding }) => finding.mend !== undefined).length;
  return [head, ...parts, ...(canMend === 0 ? [] : [words('doctor.can_mend', { n: canMend })])].join('\n\n');
}

// Limits each kind to `mostListed` findings: a folder from an archive may have a thousand of one kind.
function listFew(
  all: readonly FindingResult[],
  say: (outcome: FindingResult) => string,
  words: Words,
): readonly string[] {
  const counts = new Map<string, number>();
  for (const {
    finding: { key },
  } of all)
    counts.set(key, (counts.get(key) ?? 0) + 1);
  const seen = new Map<string, number>();
  return all.flatMap(outcome => {
    const { key } = outcome.finding;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    if (nth <= mostListed) return [say(outcome)];
    return nth === mostListed + 1
      ? [words('doctor.and_more', { n: (counts.get(key) ?? nth) - mostListed })]
      : [];
  });
}
