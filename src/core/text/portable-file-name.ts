// Windows reserves these names for devices, with any extension.
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i;

/** In bytes; Linux allows 255, and `.age` may be added. */
const longest = 250;

/**
 * Whether some system does not allow this file name, so that the folder could not be copied there: a Windows
 * device or reserved character, a full stop or space at the end, a control character, or more than 250 bytes.
 */
export function isOddName(name: string): boolean {
  return (
    device.test(name) ||
    /[\u0000-\u001f\u007f<>:"|?*\\/]|[. ]$/.test(name) ||
    new TextEncoder().encode(name).length > longest
  );
}

/**
 * Returns a key that is equal for paths of the same file on systems that ignore case and Unicode
 * normalization (Windows and macOS).
 */
export function placeKey(path: string): string {
  // Through upper case, so that `ß` equals `SS`, and both forms of sigma are equal.
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
