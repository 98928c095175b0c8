import { Exit } from '../../errors.ts';
import { findPatterns, mayHaveTexts, leastMoments } from '../../core/patterns/patterns.ts';
import type { PatternsFilter } from '../../core/patterns/patterns.ts';
import { patternsJson } from '../../report/patterns/patterns-json.ts';
import { patternsPage } from '../../report/patterns/patterns-page.ts';
import { picturesOf } from '../../report/patterns/patterns-pictures.ts';
import { patternsMarkdown, patternsPlain } from '../../report/patterns/patterns-text.ts';
import { choiceFlag, fittingFormat, pastDayFlag } from '../../cli/options/read-flags.ts';
import { tellLeftOut, tellNothing } from '../../cli/show/report-unreadable.ts';
import { lookTogether, offerToBring } from '../../sessions/reflect/look-together.ts';
import { readerOf } from '../../cli/show/read-body.ts';
import { readPickLabels, readTexts } from '../../cli/show/patterns-texts.ts';
import type { World, ClockPort, WordsPort, OutputPort, TemplatesPort } from '../../world/world.ts';
import type { PatternsReport } from '../../report/patterns/picture.ts';

export interface PatternsOptions {
  /** Asks whether to bring a pattern to the therapist. Applies in a pipe too: the flag is explicit. */
  readonly bring?: boolean;
  readonly format?: string;
  readonly since?: string;
  readonly with?: string;
  readonly includeSetAside?: boolean;
}

const formats = ['markdown', 'plain', 'json'];

/**
 * Prints counts of the person's own picks and words. With fewer than three moments, prints one sentence
 * instead (JSON always follows its schema).
 */
export async function patterns(world: World, options: PatternsOptions): Promise<Exit> {
  const { out, words } = world;
  const asked = choiceFlag(world, '--format', options.format, formats);
  const filter = filterOf(world, options);
  const store = await world.openStore();
  const index = await store.scan(mayHaveTexts);
  const found = findPatterns(index.moments, filter);
  tellLeftOut(world, index);
  const format = asked ?? fittingFormat(world);
  if (found.moments < leastMoments && format !== 'json') {
    if (found.moments === 0) return tellNothing(world, index, 'patterns.nothing');
    world.messages.say(words('patterns.needs', { n: found.moments }));
    return Exit.done;
  }
  const report = await readTexts(world, readerOf(store, index.moments), found);
  out.line(format === 'json' ? patternsJson(report) : await pageFor(world, report, format));
  if (options.bring === true) await lookTogether(world, store, index.moments, filter);
  else if (format === 'page') await offerToBring(world, index.moments, filter);
  return Exit.done;
}

async function pageFor(
  world: ClockPort & WordsPort & OutputPort & TemplatesPort,
  report: PatternsReport,
  format: string,
): Promise<string> {
  const { words, out } = world;
  const { found } = report;
  const layout = { width: out.width, ...world.layout };
  const today = world.now().day;
  const pictures = picturesOf(report, await readPickLabels(world), words);
  if (format === 'markdown') return patternsMarkdown(found, pictures, words);
  if (format === 'plain') return patternsPlain(found, pictures, { today, words, layout });
  return patternsPage(found, pictures, { today, words, style: out.style, layout });
}

function filterOf(world: ClockPort & WordsPort & OutputPort, options: PatternsOptions): PatternsFilter {
  return {
    since: pastDayFlag(world, options.since),
    with: options.with,
    includeSetAside: options.includeSetAside,
  };
}
