// Lo que toda página mejora con JavaScript. Sin él, todo lo demás funciona igual.
"use strict";

// La barra de accesibilidad cambia la página sin recargarla; el servidor guarda la elección.
const barra = document.getElementById("accesibilidad");
barra?.addEventListener("submit", async (suceso) => {
  suceso.preventDefault();
  const datos = new FormData(barra, suceso.submitter);
  try {
    const respuesta = await fetch(barra.action, {
      method: "POST",
      body: datos,
      headers: { Accept: "application/json" },
    });
    if (!respuesta.ok) throw new Error(respuesta.status);
    aplicar(await respuesta.json());
  } catch {
    // Si algo falla, se envía como un formulario de siempre, con el mismo botón.
    const campo = document.createElement("input");
    campo.type = "hidden";
    campo.name = "cambio";
    campo.value = suceso.submitter.value;
    barra.append(campo);
    barra.submit();
  }
});

function aplicar({ contraste, letra }) {
  const raiz = document.documentElement;
  raiz.className = [contraste && "contraste-alto", letra && `letra-${letra}`]
    .filter(Boolean)
    .join(" ");
  barra.querySelector("[value=contraste]").setAttribute("aria-pressed", contraste);
  barra.querySelector("[role=status]").textContent =
    `Contraste ${contraste ? "alto" : "normal"}. Tamaño de letra ${letra + 1} de 5.`;
}

// Un formulario se envía una sola vez aunque se pulse dos.
document.addEventListener("submit", (suceso) => {
  const formulario = suceso.target;
  if (suceso.defaultPrevented || formulario.method !== "post") return;
  if (formulario.dataset.enviado) return suceso.preventDefault();
  formulario.dataset.enviado = "sí";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-enviado]").forEach((f) => delete f.dataset.enviado);
});

// El resumen de errores toma el foco también donde «autofocus» no alcanza.
document.querySelector(".errores-de-formulario")?.focus();
