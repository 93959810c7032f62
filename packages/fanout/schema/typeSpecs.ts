import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import { type Declarations, docsOf } from "./declarations.ts";
import { elsewhere, ownType, ownTypes, substitutes } from "./differences.ts";
import { kindOf, objectSpec, unionSpec } from "./objectSpecs.ts";
import type { ObjectSpec, TypeSpec } from "./packageSpec.ts";

/** Translates types of TypeScript, and collects the object types that they refer to. */
export class TypeSpecs {
  readonly #declarations: Declarations;
  readonly #types = new Map<string, ObjectSpec>(Object.entries(ownTypes));

  constructor(declarations: Declarations) {
    this.#declarations = declarations;
  }

  /** The object types so far, by name. */
  get types(): ReadonlyMap<string, ObjectSpec> {
    return this.#types;
  }

  /** The object type of an interface, or one that has every field of a union of interfaces. */
  declared(name: string): ObjectSpec {
    const declaration = this.#declarations.find(name);
    const own = packageName(name);
    const translate = this.of.bind(this);
    if (ts.isInterfaceDeclaration(declaration)) {
      const fields = this.#declarations.packageFields(declaration);
      return objectSpec(own, fields, translate, docsOf(declaration));
    }
    const kinds = this.#interfacesIn(declaration.type).map((each) => ({
      kind: kindOf(each),
      fields: this.#declarations.packageFields(each),
    }));
    return unionSpec(own, kinds, translate, docsOf(declaration));
  }

  /**
   * The type of a field.
   *
   * @param where the field, for errors; an object type without a name is named after it
   * @throws Error if Pulumi's schema has no such type
   */
  of(node: ts.TypeNode, where: string): TypeSpec {
    if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) {
      return this.of(node.type, where);
    }
    if (ts.isArrayTypeNode(node)) {
      return { type: "array", items: this.of(node.elementType, where), plain: true };
    }
    if (ts.isUnionTypeNode(node)) return this.#union(node.types, where);
    if (ts.isTypeLiteralNode(node)) {
      const name = capitalized(where.slice(where.lastIndexOf(".") + 1));
      const fields = this.#declarations.fieldsOf(node);
      return this.#object(name, () => objectSpec(name, fields, this.of.bind(this), ""));
    }
    return ts.isTypeReferenceNode(node) ? this.#reference(node, where) : primitive(node, where);
  }

  #reference({ typeName, typeArguments }: ReferenceParts, where: string): TypeSpec {
    const name = typeName.getText();
    const substitute = substitutes[name];
    if (substitute !== undefined) return substitute;
    const [first, second] = typeArguments ?? [];
    if (/^(pulumi\.)?Input$/.test(name) && first !== undefined) {
      const { plain: _, ...spec } = this.of(first, where);
      return spec;
    }
    if (name === "Readonly" && first !== undefined) return this.of(first, where);
    if (name === "Record" && second !== undefined) {
      return { type: "object", additionalProperties: this.of(second, where), plain: true };
    }
    if (!this.#declarations.has(name)) throw withoutSpec(name, where);
    const declaration = this.#declarations.find(name);
    const isObject =
      ts.isInterfaceDeclaration(declaration) || this.#interfacesIn(declaration.type).length > 0;
    return isObject
      ? this.#object(packageName(name), () => this.declared(name))
      : this.of(declaration.type, where);
  }

  #object(name: string, make: () => ObjectSpec): TypeSpec {
    if (!this.#types.has(name)) this.#types.set(name, make());
    return ownType(name);
  }

  /** Text with a few values is text; otherwise each type once. */
  #union(nodes: readonly ts.TypeNode[], where: string): TypeSpec {
    const specs = nodes
      .filter(({ kind }) => kind !== ts.SyntaxKind.UndefinedKeyword)
      .filter((node) => elsewhere[node.getText()] === undefined)
      .map((node) => this.of(node, where));
    const distinct = specs.filter(
      (spec, index) => specs.findIndex((other) => isDeepStrictEqual(other, spec)) === index,
    );
    const [only, ...others] = distinct;
    if (only !== undefined && others.length === 0) return only;
    return { oneOf: distinct, plain: true };
  }

  /** The interfaces of a union that consists of interfaces; none for any other type. */
  #interfacesIn(type: ts.TypeNode): ts.InterfaceDeclaration[] {
    if (!ts.isUnionTypeNode(type)) return [];
    const names = type.types.map((member) => member.getText());
    if (names.some((name) => !/^[A-Z]\w*$/.test(name))) return [];
    if (!names.every((name) => this.#declarations.has(name))) return [];
    const members = names.map((name) => this.#declarations.find(name));
    return members.every(ts.isInterfaceDeclaration) ? members : [];
  }
}

type ReferenceParts = Pick<ts.TypeReferenceNode, "typeName" | "typeArguments">;

/** SDKs add suffixes of their own. */
function packageName(name: string): string {
  return name.replace(/(Args|Spec)$/, "");
}

/** Every number in the arguments is a whole number, which the components check. */
function primitive(node: ts.TypeNode, where: string): TypeSpec {
  const text = node.getText();
  if (text === "string" || text.startsWith('"')) return { type: "string", plain: true };
  if (text === "number") return { type: "integer", plain: true };
  if (["boolean", "true", "false"].includes(text)) return { type: "boolean", plain: true };
  throw withoutSpec(text, where);
}

function withoutSpec(type: string, where: string): Error {
  return new Error(
    `${where}: Pulumi's schema has no type for ${type}; add the type to substitutes, or the field to leftOut, in packages/fanout/schema/differences.ts`,
  );
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
