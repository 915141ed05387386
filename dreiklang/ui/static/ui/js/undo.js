// [data-undo-seconds]: counts down in its .u-undo__left and takes the offer away at zero.
export function countUndo(root) {
  for (const offer of root.querySelectorAll("[data-undo-seconds]")) {
    if (offer.dataset.undoReady) continue;
    offer.dataset.undoReady = "1";
    const until = Date.now() + Number(offer.dataset.undoSeconds) * 1000;
    const left = offer.querySelector("[data-undo-left]");
    const tick = setInterval(() => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      if (left) left.textContent = String(seconds);
      if (seconds > 0) return;
      clearInterval(tick);
      offer.remove();
    }, 1000);
  }
}
