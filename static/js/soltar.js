// Deja soltar un archivo sobre la zona, y dice cuál se escogió y si pesa demasiado.
"use strict";

const MEGA = 1024 * 1024;
const enMegas = (bytes) =>
  `${(bytes / MEGA).toLocaleString("es-CO", { maximumFractionDigits: 1 })} MB`;

for (const zona of document.querySelectorAll(".zona-archivo")) {
  const entrada = zona.querySelector("input[type=file]");
  const dicho = zona.querySelector("output");
  const maximo = Number(zona.dataset.maximo) || Infinity;

  const decir = () => {
    const archivos = [...entrada.files];
    const grande = archivos.find((archivo) => archivo.size > maximo);
    entrada.setCustomValidity(
      grande ? `«${grande.name}» pesa ${enMegas(grande.size)}. El máximo es ${enMegas(maximo)}.` : ""
    );
    dicho.textContent = grande
      ? entrada.validationMessage
      : archivos.map((archivo) => `${archivo.name} (${enMegas(archivo.size)})`).join(", ");
  };

  entrada.addEventListener("change", decir);
  for (const suceso of ["dragenter", "dragover"]) {
    zona.addEventListener(suceso, (e) => {
      e.preventDefault();
      zona.classList.add("encima");
    });
  }
  for (const suceso of ["dragleave", "drop"]) {
    zona.addEventListener(suceso, () => zona.classList.remove("encima"));
  }
  zona.addEventListener("drop", (e) => {
    e.preventDefault();
    if (!e.dataTransfer.files.length) return;
    entrada.files = e.dataTransfer.files;
    entrada.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
