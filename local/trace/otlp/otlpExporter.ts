import type { Span } from "../spans/span.ts";
import { TraceSpans } from "../spans/traceSpans.ts";
import type { Trace } from "../trace.ts";
import { otlpDocument } from "./otlpDocument.ts";

export type OtlpOptions = {
  /** A receiver of OTLP over HTTP: `http://127.0.0.1:4318`; without a path, `/v1/traces`. */
  readonly url: string;
  /** Called once when the receiver fails, and again once it has failed after a success. */
  readonly onFailure: (message: string) => void;
};

/** How long spans are collected, in milliseconds of the machine's clock. */
const collectMilliseconds = 500;

/** Spans beyond these are dropped while the receiver is away. */
const mostSpans = 10_000;

/** Sends the spans of every event, as they end, to a receiver of OpenTelemetry traces. */
export class OtlpExporter {
  readonly #url: string;
  readonly #onFailure: (message: string) => void;
  readonly #spans = new TraceSpans();
  readonly #stopListening: () => void;
  #ended: Span[] = [];
  #sending: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #failing = false;

  constructor(trace: Trace, { url, onFailure }: OtlpOptions) {
    this.#url = tracesUrl(url);
    this.#onFailure = onFailure;
    this.#stopListening = trace.listen((hop) => {
      this.#ended.push(...this.#spans.add(hop));
      if (this.#ended.length > 0) this.#timer ??= this.#later();
    });
  }

  /** Sends what has ended, once what is being sent has arrived or failed, and ends. */
  async close(): Promise<void> {
    this.#stopListening();
    clearTimeout(this.#timer);
    await this.#sending;
    await this.#flush();
  }

  #later(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timer = undefined;
      this.#sending = this.#sending.then(() => this.#flush());
    }, collectMilliseconds);
    return timer.unref();
  }

  async #flush(): Promise<void> {
    const spans = this.#ended;
    if (spans.length === 0) return;
    this.#ended = [];
    try {
      await this.#send(spans);
      this.#failing = false;
    } catch (error) {
      this.#ended = [...spans, ...this.#ended].slice(-mostSpans);
      if (!this.#failing) this.#onFailure(`${this.#url} takes no traces: ${reasonOf(error)}`);
      this.#failing = true;
    }
  }

  async #send(spans: readonly Span[]): Promise<void> {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(otlpDocument(spans)),
      signal: AbortSignal.timeout(10_000),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answers ${response.status}`);
  }
}

function tracesUrl(text: string): string {
  const url = new URL(text);
  if (url.pathname === "/") url.pathname = "/v1/traces";
  return url.href;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
