"""Lo que llega en lote: la hoja que describe contenidos y el ZIP con sus archivos."""
