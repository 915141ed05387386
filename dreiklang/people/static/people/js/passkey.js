// Passkeys: a form with data-passkey="get" or "create" asks the device and sends its answer.
// data-options holds the server's question as JSON, data-options-url is where to fetch it from.
// Uses webauthn-json of allauth, loaded before this file.

async function question(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const response = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}

async function answer(form) {
  const asked = await question(form);
  if (form.dataset.passkey === "get") return window.webauthnJSON.get(asked.request_options);
  const options = asked.creation_options;
  const alone = form.querySelector("[name=passwordless]");
  if (alone) {
    const selection = options.publicKey.authenticatorSelection;
    selection.residentKey = alone.checked ? "required" : "discouraged";
    selection.requireResidentKey = alone.checked;
    if (alone.checked) selection.userVerification = "required";
  }
  return window.webauthnJSON.create(options);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.webauthnJSON || !window.webauthnJSON.supported()) continue;
  const failed = form.querySelector("[data-passkey-failed]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (failed) failed.hidden = true;
    try {
      form.querySelector("[name=credential]").value = JSON.stringify(await answer(form));
      form.submit();
    } catch (refused) {
      console.info(refused);
      if (failed) failed.hidden = false;
    }
  });
}
