import type { Known } from './condition.ts';
import { holds } from './condition.ts';
import type { Option } from './template.ts';

/** What fills the places of labels: `when` → "I felt misunderstood". */
export type Fills = Readonly<Record<string, string>>;

/**
 * Gives the options as they are offered: those whose condition holds and whose places can all be filled;
 * first those whose `firstWhen` holds, else in the order of the list.
 */
export function offered(options: readonly Option[], known: Known, fills: Fills): readonly Option[] {
  const shown = options
    .filter(({ when }) => when === undefined || holds(when, known))
    .flatMap(option => {
      const label = labelOf(option, fills);
      return label === undefined ? [] : [{ ...option, label }];
    });
  const isFirst = ({ firstWhen }: Option): boolean => firstWhen !== undefined && holds(firstWhen, known);
  return [...shown.filter(isFirst), ...shown.filter(option => !isFirst(option))];
}

/** Gives the label of an option with its places filled, the quoting one first; undefined if none can be. */
export function labelOf({ label, labelQuoting }: Option, fills: Fills): string | undefined {
  return (labelQuoting === undefined ? undefined : fillLabel(labelQuoting, fills)) ?? fillLabel(label, fills);
}

/** Fills the places of a label; undefined when one of them can't be filled. */
function fillLabel(label: string, fills: Fills): string | undefined {
  let isWhole = true;
  const filled = label.replace(/\{([a-z_]+)\}/g, (_place, name: string) => {
    const words = Object.hasOwn(fills, name) ? fills[name] : undefined;
    if (words === undefined || words === '') isWhole = false;
    return words ?? '';
  });
  return isWhole ? filled : undefined;
}
