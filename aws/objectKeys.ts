/**
 * An object's key as S3 writes it in event notifications, and as it compares it with the prefix and suffix
 * of a notification rule: form-encoded, where a space is `+` and slashes stay.
 *
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function encodeObjectKey(key: string): string {
  return encodeSafeCharacters(encodeURIComponent(key.toWellFormed()))
    .replaceAll("%20", "+")
    .replaceAll("%2F", "/");
}

/**
 * The prefix or suffix of a notification rule as S3 compares it with encoded keys. Characters that S3 calls
 * safe, such as `(`, need no encoding in a rule, but are encoded in a key.
 */
export function canonicalKeyFilter(filter: string): string {
  return encodeSafeCharacters(filter).replace(/%[0-9a-fA-F]{2}/g, (escaped) =>
    escaped.toUpperCase(),
  );
}

function encodeSafeCharacters(text: string): string {
  return text.replace(
    /[!'()~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Whether a text can occur in an encoded key.
 *
 * @param cut whether an escape sequence may be cut off at the end of the text, as in a prefix
 */
export function occursInEncodedKeys(text: string, cut: boolean): boolean {
  const complete = cut ? text.replace(/%[0-9A-F]?$/, "") : text;
  const escapes = complete.match(/%.{0,2}/gs) ?? [];
  return (
    escapes.every(isEscape) && /^[A-Za-z0-9/._*+-]*$/.test(complete.replace(/%[0-9A-F]{2}/g, ""))
  );
}

/** Only what S3 encodes has an escape sequence: `%41` never occurs, because `A` is not encoded. */
function isEscape(sequence: string): boolean {
  if (!/^%[0-9A-F]{2}$/.test(sequence)) return false;
  const code = Number.parseInt(sequence.slice(1), 16);
  return code > 127 || !/[A-Za-z0-9/._* -]/.test(String.fromCharCode(code));
}
