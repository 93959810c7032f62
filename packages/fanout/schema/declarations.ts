import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { leftOut } from "./differences.ts";

export type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
type Exported = Declaration | ts.ClassDeclaration;

/** A field of an interface, with those that the interface inherits. */
export type Field = {
  readonly name: string;
  readonly type: ts.TypeNode;
  readonly isOptional: boolean;
  readonly docs: string;
};

/** The types and classes that the files of some folders export, by name. They are parsed, not type-checked. */
export class Declarations {
  readonly #byName: ReadonlyMap<string | undefined, readonly Exported[]>;

  /** @param folders full paths */
  constructor(folders: readonly string[]) {
    const files = folders.flatMap(sourcesIn);
    this.#byName = Map.groupBy(files.flatMap(exported), ({ name }) => name?.text);
  }

  /** Whether a file exports a type of this name. */
  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** @throws Error if no file or more than one exports the name, or if it is a class */
  find(name: string): Declaration {
    const found = this.#exported(name);
    if (ts.isClassDeclaration(found)) throw new Error(`${name} is a class`);
    return found;
  }

  /** The docstring of a type or class. */
  docsOf(name: string): string {
    return docsOf(this.#exported(name));
  }

  #exported(name: string): Exported {
    const [found, ...others] = this.#byName.get(name) ?? [];
    if (found === undefined) throw new Error(`no file of the components exports a type ${name}`);
    if (others.length > 0) throw new Error(`several files of the components export a type ${name}`);
    return found;
  }

  /** The fields of an interface or an object type, those of the interfaces that it extends first. */
  fieldsOf(declaration: ts.InterfaceDeclaration | ts.TypeLiteralNode): Field[] {
    const extended = ts.isInterfaceDeclaration(declaration)
      ? (declaration.heritageClauses ?? []).flatMap(({ types }) => [...types])
      : [];
    const inherited = extended.flatMap(({ expression }) => {
      const base = this.find(expression.getText());
      if (!ts.isInterfaceDeclaration(base)) throw new Error(`${base.name.text} is no interface`);
      return this.fieldsOf(base);
    });
    return [...inherited, ...declaration.members.filter(ts.isPropertySignature).map(fieldOf)];
  }

  /** The fields without those that the package does not have. */
  packageFields(declaration: ts.InterfaceDeclaration): Field[] {
    const { text } = declaration.name;
    const fields = this.fieldsOf(declaration);
    const reasons = leftOut[text] ?? {};
    const gone = Object.keys(reasons).find((name) => fields.every((field) => field.name !== name));
    if (gone !== undefined) throw new Error(`${text} has no field ${gone}: remove it from leftOut`);
    return fields.filter(({ name }) => reasons[name] === undefined);
  }
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(folder, file));
}

function exported(file: string): Exported[] {
  const text = readFileSync(file, "utf8");
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return statements
    .filter(
      (each) =>
        ts.isInterfaceDeclaration(each) ||
        ts.isTypeAliasDeclaration(each) ||
        ts.isClassDeclaration(each),
    )
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword));
}

function fieldOf(member: ts.PropertySignature): Field {
  const { name, type, questionToken } = member;
  if (type === undefined) throw new Error(`${name.getText()} has no type`);
  return {
    name: name.getText(),
    type,
    isOptional: questionToken !== undefined,
    docs: docsOf(member),
  };
}

/** The text of a docstring on one line, with its default as a sentence. */
export function docsOf(node: ts.Node): string {
  return ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .flatMap(({ comment, tags = [] }) => [
      ts.getTextOfJSDocComment(comment),
      ...tags
        .filter(({ tagName }) => tagName.text === "default")
        .map((tag) => `Default: ${ts.getTextOfJSDocComment(tag.comment)}.`),
    ])
    .filter((text) => text !== undefined)
    .map((text) => text.replaceAll(/\s+/g, " ").trim())
    .join(" ");
}
