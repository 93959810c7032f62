import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Colours for a terminal; the text itself where there is none. */
export function painter(colours: boolean): (style: Style, text: string) => string {
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text);
}
