import type { Fault, YamlNode } from '../template/located.ts';
import { openSchemaReader } from '../template/schema-reader.ts';

/** The help lines and other contacts of a language, from `help-now.yaml`. */
export interface HelpNow {
  readonly say: readonly string[];
  readonly pointers: readonly string[];
  /** The pointers that `say` does not mention. */
  readonly others: readonly string[];
  /** Pointers by the page that shows them: `talk`, `report`. */
  readonly on: Readonly<Record<string, readonly string[]>>;
  readonly inside: string;
  /** With the placeholders `{month}` and `{year}`. */
  readonly footer: string;
  readonly months: readonly string[];
  /** The oldest month in which a link was checked, YYYY-MM. */
  readonly reviewed: string;
}

interface Line {
  readonly words: string;
  readonly reviewed?: string;
  readonly said: boolean;
  readonly on: readonly string[];
}

/** Reads `help-now.yaml` and adds what is wrong with it to `faults`. */
export function checkHelpNow(at: YamlNode, faults: Fault[]): HelpNow {
  const schema = openSchemaReader(
    at,
    'help-now',
    ['language', 'say', 'pointers', 'inside', 'footer', 'months'],
    faults,
  );
  const lines = (key: string): readonly Line[] =>
    (schema?.items(key) ?? []).flatMap(item => {
      const inner = openSchemaReader(
        item,
        key,
        ['words', 'reviewed', 'said', 'on', 'translator', 'serves'],
        faults,
      );
      if (inner === undefined) return [];
      const [words, reviewed] = [inner.needText('words'), inner.text('reviewed')];
      return [{ words, reviewed, said: inner.flag('said', false), on: inner.texts('on') }];
    });
  const say = lines('say');
  const pointers = lines('pointers');
  const reviewed = [...say, ...pointers].flatMap(line => line.reviewed ?? []).sort()[0] ?? '';
  if (!/^\d{4}-\d{2}$/.test(reviewed))
    faults.push({
      line: at.line,
      key: 'templates.missing-key',
      params: { key: 'reviewed', what: 'help-now' },
    });
  return {
    say: say.map(({ words }) => words),
    pointers: pointers.map(({ words }) => words),
    others: pointers.filter(({ said }) => !said).map(({ words }) => words),
    on: byPage(pointers),
    inside: schema?.needText('inside') ?? '',
    footer: schema?.needText('footer') ?? '',
    months: schema?.texts('months') ?? [],
    reviewed,
  };
}

function byPage(pointers: readonly Line[]): HelpNow['on'] {
  const pages = new Set(pointers.flatMap(({ on }) => on));
  const wordsOn = (page: string): readonly string[] =>
    pointers.filter(({ on }) => on.includes(page)).map(({ words }) => words);
  return Object.fromEntries([...pages].map(page => [page, wordsOn(page)]));
}
