// <button data-copy="text" data-copy-html="<p>…" data-copied="Kopiert" data-failed="Ging nicht"><span>…</span>: copies
// the text, for word processors with its headings and tables, and says what came of it.
export function copyButtons(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    if (button.dataset.copyReady) continue;
    button.dataset.copyReady = "1";
    const said = button.firstElementChild || button;
    const label = said.textContent;
    button.addEventListener("click", async () => {
      const isCopied = await copied(button.dataset.copy, button.dataset.copyHtml);
      said.textContent = (isCopied ? button.dataset.copied : button.dataset.failed) || label;
      setTimeout(() => { said.textContent = label; }, 2000);
    });
  }
}

async function copied(text, html) {
  try {
    if (html && window.ClipboardItem) {
      await navigator.clipboard.write([new ClipboardItem({ "text/html": part(html, "text/html"), "text/plain": part(text, "text/plain") })]);
    } else if (html) {
      return byEvent(text, html);
    } else {
      await navigator.clipboard.writeText(text);
    }
    return true;
  } catch {
    // Without https there is no navigator.clipboard, and somebody may have forbidden it.
    return byEvent(text, html);
  }
}

function part(words, type) {
  return new Blob([words], { type });
}

// The old way, which needs something selected.
function byEvent(text, html) {
  const put = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
    if (html) event.clipboardData.setData("text/html", html);
  };
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "kern-sr-only";
  document.body.append(field);
  field.select();
  document.addEventListener("copy", put, { once: true });
  const isCopied = document.execCommand("copy");
  document.removeEventListener("copy", put);
  field.remove();
  focused?.focus();
  return isCopied;
}
