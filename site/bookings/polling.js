/** Milliseconds between polls: shortest while there are changes, longest when idle. */
const brisk = 700;
const slowest = 10_000;

/** Polls without a change before the interval grows. */
const patience = 8;

const connection = document.querySelector("#connection");

/**
 * Polls while the page is visible: often while there are changes, more and more rarely when idle, and often again
 * after an action of the user.
 *
 * @param {() => Promise<boolean>} look returns whether there was a change
 */
export function createPolling(look) {
  let idleLooks = 0;
  let failures = 0;
  let timer;
  let looking = false;

  async function run() {
    clearTimeout(timer);
    if (looking || document.hidden) return;
    looking = true;
    try {
      const isNew = await look();
      idleLooks = isNew ? 0 : idleLooks + 1;
      failures = 0;
    } catch (error) {
      console.warn(error);
      failures += 1;
    }
    looking = false;
    showConnection(failures);
    timer = setTimeout(run, pause(idleLooks, failures));
  }

  function wake() {
    idleLooks = 0;
    void run();
  }

  function wakeIfSlow() {
    if (idleLooks > patience || failures > 1) wake();
  }

  document.addEventListener("visibilitychange", wake);
  for (const event of ["pointerdown", "keydown"]) document.addEventListener(event, wakeIfSlow);
  void run();
  return { wake };
}

function pause(idleLooks, failures) {
  const steps = Math.max(0, idleLooks - patience) + Math.max(0, failures - 1) * 2;
  return Math.min(slowest, brisk * 1.5 ** steps);
}

function showConnection(failures) {
  const lost = failures > 1;
  connection.classList.toggle("lost", lost);
  const text = lost ? "The hotel cannot be reached. Trying again." : "";
  if (connection.textContent !== text) connection.textContent = text;
}
