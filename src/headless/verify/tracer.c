/* The refcount trace of a script as a real CPython 3.10 has it.
 *
 * A trace function in C reads counts straight out of the frame that is about to run a line: it makes no object and takes no
 * reference, so that nothing it looks at changes. One record a line of the file:
 *
 *     L <line> <function> {<name>=<count>}      a line is about to run
 *     D <class>                                 a __del__ begins
 *
 * with tabs between the fields. Only frames whose code comes from the script are reported.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <frameobject.h>
#include <stdio.h>
#include <string.h>

#define DEEPEST_TUPLE 8

static FILE *records;
static PyObject *script;

/* Values that implementations share freely: their counts say nothing about the script. */
static int is_shared_value(PyObject *o, int depth)
{
    PyTypeObject *type = Py_TYPE(o);
    if (o == Py_None || o == Py_Ellipsis || o == Py_NotImplemented || type == &PyBool_Type || type == &PyLong_Type ||
        type == &PyFloat_Type || type == &PyComplex_Type || type == &PyUnicode_Type || type == &PyBytes_Type)
        return 1;
    if (depth > DEEPEST_TUPLE)
        return 0;
    if (type == &PyTuple_Type) {
        Py_ssize_t n = PyTuple_GET_SIZE(o);
        while (n-- > 0)
            if (!is_shared_value(PyTuple_GET_ITEM(o, n), depth + 1))
                return 0;
        return 1;
    }
    if (type == &PyFrozenSet_Type) {
        Py_ssize_t place = 0;
        Py_hash_t hash;
        PyObject *key;
        while (_PySet_NextEntry(o, &place, &key, &hash))
            if (!is_shared_value(key, depth + 1))
                return 0;
        return 1;
    }
    return 0;
}

static int is_plumbing(PyObject *o)
{
    PyTypeObject *type = Py_TYPE(o);
    return PyType_Check(o) || PyModule_Check(o) || PyCFunction_Check(o) || type == &PyCode_Type ||
           type == &PyMethodDescr_Type || type == &PyClassMethodDescr_Type || type == &PyWrapperDescr_Type ||
           type == &PyGetSetDescr_Type || type == &PyMemberDescr_Type;
}

static int is_hidden(const char *name)
{
    size_t n = strlen(name);
    return name[0] == '.' || (n > 4 && !strncmp(name, "__", 2) && !strcmp(name + n - 2, "__"));
}

static void report(PyObject *name, PyObject *value)
{
    if (name == NULL || value == NULL || !PyUnicode_Check(name))
        return;
    const char *text = PyUnicode_AsUTF8(name);
    if (text == NULL)
        PyErr_Clear();
    else if (!is_hidden(text) && !is_plumbing(value) && !is_shared_value(value, 0))
        fprintf(records, "\t%s=%zd", text, Py_REFCNT(value));
}

static void report_cells(PyObject *names, PyObject **cells)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); i++)
        if (cells[i] != NULL && PyCell_Check(cells[i]))
            report(PyTuple_GET_ITEM(names, i), PyCell_GET(cells[i]));
}

static void report_scope(PyFrameObject *frame)
{
    PyCodeObject *code = frame->f_code;
    if (code->co_flags & CO_OPTIMIZED) {
        PyObject **values = frame->f_localsplus;
        for (int i = 0; i < code->co_nlocals; i++)
            report(PyTuple_GET_ITEM(code->co_varnames, i), values[i]);
        values += code->co_nlocals;
        report_cells(code->co_cellvars, values);
        report_cells(code->co_freevars, values + PyTuple_GET_SIZE(code->co_cellvars));
    } else if (frame->f_locals != NULL && PyDict_Check(frame->f_locals)) {
        Py_ssize_t place = 0;
        PyObject *name, *value;
        while (PyDict_Next(frame->f_locals, &place, &name, &value))
            report(name, value);
    }
}

static int on_event(PyObject *unused, PyFrameObject *frame, int what, PyObject *arg)
{
    PyCodeObject *code = frame->f_code;
    if ((what != PyTrace_LINE && what != PyTrace_CALL) || PyUnicode_Compare(code->co_filename, script) != 0)
        return 0;
    const char *function = PyUnicode_AsUTF8(code->co_name);
    if (function == NULL) {
        PyErr_Clear();
        return 0;
    }
    if (what == PyTrace_LINE) {
        fprintf(records, "L\t%d\t%s", PyFrame_GetLineNumber(frame), function);
        report_scope(frame);
        fputc('\n', records);
    } else if (!strcmp(function, "__del__")) {
        PyObject *self = code->co_nlocals > 0 ? frame->f_localsplus[0] : NULL;
        fprintf(records, "D\t%s\n", self == NULL ? "" : Py_TYPE(self)->tp_name);
    }
    return 0;
}

static PyObject *begin(PyObject *module, PyObject *args)
{
    const char *path;
    if (!PyArg_ParseTuple(args, "sU", &path, &script))
        return NULL;
    records = fopen(path, "w");
    if (records == NULL)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    /* Whole lines: what was written stays readable if the process is killed. */
    setvbuf(records, NULL, _IOLBF, 1 << 16);
    Py_INCREF(script);
    PyEval_SetTrace(on_event, NULL);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {{"begin", begin, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_lifetimes_tracer", NULL, -1, functions};

PyMODINIT_FUNC PyInit__lifetimes_tracer(void)
{
    return PyModule_Create(&definition);
}
