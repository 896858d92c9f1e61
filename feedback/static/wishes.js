// Choosing for one kind of remark means choosing kind by kind.

const form = document.querySelector(".work-form");
form?.addEventListener("change", ({ target }) => {
  if (target.name.startsWith("wishes-")) form.querySelector("[name=wishes][value=custom]").checked = true;
});
