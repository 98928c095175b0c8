import type { Known } from './condition.ts';
import { holds } from './condition.ts';
import type { Option } from './template.ts';

/** Values of the placeholders in labels: `when` → "I felt misunderstood". */
export type Fills = Readonly<Record<string, string>>;

/**
 * Returns the options to offer, with their labels filled in: those whose condition holds and whose
 * placeholders all have a value. Options whose `firstWhen` holds come first; otherwise the order is that of
 * the list.
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

/**
 * Returns the label of an option with its placeholders filled, preferring `labelQuoting`; undefined if
 * neither label can be filled.
 */
export function labelOf({ label, labelQuoting }: Option, fills: Fills): string | undefined {
  return (labelQuoting === undefined ? undefined : fillLabel(labelQuoting, fills)) ?? fillLabel(label, fills);
}

/** Returns a label with its placeholders filled; undefined if any of them has no value. */
function fillLabel(label: string, fills: Fills): string | undefined {
  let isComplete = true;
  const filled = label.replace(/\{([a-z_]+)\}/g, (_placeholder, name: string) => {
    const words = Object.hasOwn(fills, name) ? fills[name] : undefined;
    if (words === undefined || words === '') isComplete = false;
    return words ?? '';
  });
  return isComplete ? filled : undefined;
}
