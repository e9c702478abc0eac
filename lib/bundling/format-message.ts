import type * as esbuild from 'esbuild';

/** `file:line:column: text`, and the line. */
export function formatMessage(message: esbuild.Message): string {
  const { location } = message;
  if (location === null) {
    return message.text;
  }
  return `${location.file}:${location.line}:${location.column + 1}: ${message.text}\n    ${location.lineText.trim()}`;
}
