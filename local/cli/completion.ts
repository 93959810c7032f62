/** What a word of the command line can be: the words that are offered after others. */
export type Completions = {
  /** Commands, each with what can follow it. */
  readonly commands: Readonly<Record<string, CommandWords>>;
};

export type CommandWords = {
  /** With their dashes. */
  readonly options: readonly string[];
  /** Commands below it, or values of its first argument. */
  readonly arguments: readonly string[];
  /** Of the commands below it. */
  readonly commands?: Completions["commands"];
};

/**
 * The words that fit what is typed.
 *
 * @param words after `fanout`; the last is what is being typed, perhaps empty
 */
export function complete({ commands }: Completions, words: readonly string[]): string[] {
  const typed = words.at(-1) ?? "";
  let offered: readonly string[] = Object.keys(commands);
  let known: Completions["commands"] = commands;
  for (const word of words.slice(0, -1)) {
    const command = Object.hasOwn(known, word) ? known[word] : undefined;
    if (command === undefined) continue;
    offered = typed.startsWith("-") ? command.options : command.arguments;
    known = command.commands ?? {};
  }
  return offered.filter((word) => word.startsWith(typed));
}

/** That of bash runs in version 3.2 too, which macOS has: without `mapfile`. */
const scripts: Readonly<Record<string, string>> = {
  bash: `_fanout() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(fanout complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _fanout fanout`,
  zsh: `#compdef fanout
_fanout() {
  local -a offered
  offered=("\${(@f)$(fanout complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a offered
}
compdef _fanout fanout`,
  fish: `complete -c fanout -f -a '(fanout complete (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'`,
};

export const shells = Object.keys(scripts);

/** The script that has a shell complete command lines of `fanout`. @throws Error for another shell */
export function completionScript(shell: string): string {
  const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script !== undefined) return script;
  throw new Error(`there is no completion for "${shell}"; shells: ${shells.join(", ")}`);
}
