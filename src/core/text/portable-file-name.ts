// Names that Windows keeps for devices, whatever ending they have.
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/** In bytes; Linux takes 255, and `.age` is put behind it. */
const longest = 250;

/**
 * Says whether some system takes no file of this name: a device of Windows, a sign that means something
 * there, a point or a space at the end, a control, more than fits. A folder that holds one can't be copied
 * there.
 */
export function isOddName(name: string): boolean {
  return (
    device.test(name) ||
    /[\u0000-\u001f\u007f<>:"|?*\\/]|[. ]$/.test(name) ||
    new TextEncoder().encode(name).length > longest
  );
}

/**
 * Gives what paths have in common that are one file where capitals make no difference, nor how an accent is
 * written: on Windows and macOS.
 */
export function placeKey(path: string): string {
  // There and back: `ß` and `SS`, both forms of a sigma.
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
