/* A disk that fails, and a power cut, below the program and below SQLite: loaded before the C library, it stands in for
 * every call that changes a disk. Each such call below one folder is a step. The step of a chosen number fails, is only
 * half done, or ends the process; or all steps are written down, so that any moment can be replayed (`replay.py`).
 *
 * Nothing happens before faults_arm. Steps are made one at a time, so that they have an order.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The same numbers stand in layer.py. */
enum how { COUNT, FAIL_ONCE, FAIL_EVER_AFTER, KILL, KILL_HALFWAY, RECORD };
enum op { OP_CREATE, OP_WRITE, OP_SIZE, OP_SYNC, OP_RENAME, OP_LINK, OP_UNLINK, OP_MKDIR, OP_RMDIR };
enum verdict { GO_ON, FAIL, HALF };

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int is_armed, how, error_number, log_descriptor = -1;
static long chosen, count;

#define REAL(result, name, ...)                              \
    static result (*real)(__VA_ARGS__);                      \
    if (!real) real = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

void faults_arm(const char *folder, int way, long step, int error, int log)
{
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    how = way, chosen = step, error_number = error, log_descriptor = log, count = 0, is_armed = 1;
}

void faults_disarm(void) { is_armed = 0; }

long faults_count(void) { return count; }

/* The absolute path of a name as the *at calls take it; 0 when it is not below the folder. */
static int find_name(int folder, const char *name, char *path)
{
    char base[PATH_MAX] = "";
    if (!is_armed || !name) return 0;
    if (name[0] == '/') {
        snprintf(path, PATH_MAX, "%s", name);
    } else if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base) || snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return 0;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) return 0;
        base[length] = 0;
        if (snprintf(path, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) return 0;
    }
    return strncmp(path, root, root_length) == 0;
}

static int find_open(int descriptor, char *path)
{
    char link[64];
    if (!is_armed) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strncmp(path, root, root_length) == 0;
}

/* What becomes of the step that is about to be made; only called while it is our turn. */
static enum verdict next_step(enum op op)
{
    int needs_room = op != OP_UNLINK && op != OP_RMDIR && op != OP_RENAME;
    count++;
    if (how == COUNT || how == RECORD || count < chosen) return GO_ON;
    if (how == KILL && count == chosen) kill(getpid(), SIGKILL);
    if (how == KILL_HALFWAY && count == chosen) {
        if (op != OP_WRITE) kill(getpid(), SIGKILL);
        return HALF;
    }
    if (how == FAIL_ONCE && count > chosen) return GO_ON;
    if ((how != FAIL_ONCE && how != FAIL_EVER_AFTER) || (error_number == ENOSPC && !needs_room)) return GO_ON;
    /* A disk that gets full takes what it still can, and then nothing more. */
    if (op == OP_WRITE && error_number == ENOSPC && count == chosen) return HALF;
    errno = error_number;
    return FAIL;
}

static void put(const void *data, size_t size)
{
    REAL(ssize_t, "write", int, const void *, size_t);
    const char *at = data;
    while (size) {
        ssize_t done = real(log_descriptor, at, size);
        if (done <= 0) return;
        at += done, size -= (size_t)done;
    }
}

/* op, three lengths and an offset as 64-bit numbers, then two paths and the data. */
static void record(enum op op, const char *path, const char *other, int64_t offset, const void *data, size_t size)
{
    if (how != RECORD) return;
    int64_t head[5] = {op, (int64_t)strlen(path), (int64_t)strlen(other), offset, (int64_t)size};
    int kept = errno;
    put(head, sizeof head);
    put(path, strlen(path));
    put(other, strlen(other));
    if (size) put(data, size);
    errno = kept;
}

/* One write at an offset, -1 for where the file stands. */
static ssize_t write_step(int descriptor, const void *data, size_t size, off_t offset, int is_at)
{
    static ssize_t (*plain)(int, const void *, size_t);
    static ssize_t (*placed)(int, const void *, size_t, off_t);
    char path[PATH_MAX];
    if (!plain) plain = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (!placed) placed = (ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    if (!find_open(descriptor, path)) return is_at ? placed(descriptor, data, size, offset) : plain(descriptor, data, size);
    pthread_mutex_lock(&turn);
    ssize_t done = -1;
    enum verdict verdict = next_step(OP_WRITE);
    if (verdict != FAIL) {
        off_t here = is_at ? offset : lseek(descriptor, 0, SEEK_CUR);
        if (!is_at && (fcntl(descriptor, F_GETFL) & O_APPEND)) here = lseek(descriptor, 0, SEEK_END);
        if (verdict == HALF && size > 1) size /= 2;
        done = is_at ? placed(descriptor, data, size, offset) : plain(descriptor, data, size);
        if (done > 0) record(OP_WRITE, path, "", here, data, (size_t)done);
        if (verdict == HALF && how == KILL_HALFWAY) kill(getpid(), SIGKILL);
    }
    pthread_mutex_unlock(&turn);
    return done;
}

ssize_t write(int d, const void *data, size_t size) { return write_step(d, data, size, 0, 0); }
ssize_t pwrite(int d, const void *data, size_t size, off_t at) { return write_step(d, data, size, at, 1); }
ssize_t pwrite64(int d, const void *data, size_t size, off64_t at) { return write_step(d, data, size, at, 1); }

ssize_t writev(int descriptor, const struct iovec *parts, int amount)
{
    ssize_t all = 0;
    for (int i = 0; i < amount; i++) {
        ssize_t done = write_step(descriptor, parts[i].iov_base, parts[i].iov_len, 0, 0);
        if (done < 0) return all ? all : -1;
        all += done;
        if ((size_t)done < parts[i].iov_len) break;
    }
    return all;
}

/* Copies made by the kernel are refused, so that their callers write what can be seen here. */
ssize_t sendfile64(int out, int in, off64_t *offset, size_t size)
{
    char path[PATH_MAX];
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    if (!find_open(out, path)) return real(out, in, offset, size);
    errno = ENOTSOCK;
    return -1;
}
ssize_t sendfile(int out, int in, off_t *offset, size_t size) { return sendfile64(out, in, (off64_t *)offset, size); }

static int size_step(int descriptor, off_t size)
{
    REAL(int, "ftruncate64", int, off_t);
    char path[PATH_MAX];
    if (!find_open(descriptor, path)) return real(descriptor, size);
    pthread_mutex_lock(&turn);
    int result = next_step(OP_SIZE) == GO_ON ? real(descriptor, size) : -1;
    if (!result) record(OP_SIZE, path, "", size, NULL, 0);
    pthread_mutex_unlock(&turn);
    return result;
}
int ftruncate(int descriptor, off_t size) { return size_step(descriptor, size); }
int ftruncate64(int descriptor, off64_t size) { return size_step(descriptor, size); }

static int sync_step(int descriptor, int (*real)(int))
{
    char path[PATH_MAX];
    if (!find_open(descriptor, path)) return real(descriptor);
    pthread_mutex_lock(&turn);
    int result = next_step(OP_SYNC) == GO_ON ? real(descriptor) : -1;
    if (!result) record(OP_SYNC, path, "", 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return result;
}
int fsync(int descriptor)
{
    REAL(int, "fsync", int);
    return sync_step(descriptor, real);
}
int fdatasync(int descriptor)
{
    REAL(int, "fdatasync", int);
    return sync_step(descriptor, real);
}

/* Opening is a step when it makes a file or empties one. */
static int open_step(int folder, const char *name, int flags, mode_t mode)
{
    REAL(int, "openat64", int, const char *, int, ...);
    char path[PATH_MAX];
    if (!(flags & (O_CREAT | O_TRUNC)) || !find_name(folder, name, path)) return real(folder, name, flags, mode);
    pthread_mutex_lock(&turn);
    int result = -1;
    struct stat64 seen;
    int was_there = fstatat64(folder, name, &seen, 0) == 0;
    if ((was_there && !(flags & O_TRUNC)) || next_step(OP_CREATE) == GO_ON) {
        result = real(folder, name, flags, mode);
        if (result >= 0 && !was_there) record(OP_CREATE, path, "", 0, NULL, 0);
        else if (result >= 0 && (flags & O_TRUNC)) record(OP_SIZE, path, "", 0, NULL, 0);
    }
    pthread_mutex_unlock(&turn);
    return result;
}

static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? (mode_t)va_arg(rest, int) : 0; }

#define OPENING(name, folder, ...)                       \
    int name(__VA_ARGS__ const char *path, int flags, ...) \
    {                                                      \
        va_list rest;                                      \
        va_start(rest, flags);                             \
        mode_t mode = mode_of(flags, rest);                \
        va_end(rest);                                      \
        return open_step(folder, path, flags, mode);       \
    }
#define COMMA ,
OPENING(open, AT_FDCWD)
OPENING(open64, AT_FDCWD)
OPENING(openat, place, int place COMMA)
OPENING(openat64, place, int place COMMA)

int renameat(int from, const char *before, int to, const char *after)
{
    REAL(int, "renameat", int, const char *, int, const char *);
    char one[PATH_MAX], other[PATH_MAX];
    if (!find_name(from, before, one) || !find_name(to, after, other)) return real(from, before, to, after);
    pthread_mutex_lock(&turn);
    int result = next_step(OP_RENAME) == GO_ON ? real(from, before, to, after) : -1;
    if (!result) record(OP_RENAME, one, other, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return result;
}
int rename(const char *before, const char *after) { return renameat(AT_FDCWD, before, AT_FDCWD, after); }

int linkat(int from, const char *before, int to, const char *after, int flags)
{
    REAL(int, "linkat", int, const char *, int, const char *, int);
    char one[PATH_MAX], other[PATH_MAX];
    if (!find_name(from, before, one) || !find_name(to, after, other)) return real(from, before, to, after, flags);
    pthread_mutex_lock(&turn);
    int result = next_step(OP_LINK) == GO_ON ? real(from, before, to, after, flags) : -1;
    if (!result) record(OP_LINK, one, other, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return result;
}
int link(const char *before, const char *after) { return linkat(AT_FDCWD, before, AT_FDCWD, after, 0); }

int unlinkat(int folder, const char *name, int flags)
{
    REAL(int, "unlinkat", int, const char *, int);
    char path[PATH_MAX];
    enum op op = flags & AT_REMOVEDIR ? OP_RMDIR : OP_UNLINK;
    if (!find_name(folder, name, path)) return real(folder, name, flags);
    pthread_mutex_lock(&turn);
    int result = next_step(op) == GO_ON ? real(folder, name, flags) : -1;
    if (!result) record(op, path, "", 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return result;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *name, mode_t mode)
{
    REAL(int, "mkdirat", int, const char *, mode_t);
    char path[PATH_MAX];
    if (!find_name(folder, name, path)) return real(folder, name, mode);
    pthread_mutex_lock(&turn);
    int result = next_step(OP_MKDIR) == GO_ON ? real(folder, name, mode) : -1;
    if (!result) record(OP_MKDIR, path, "", 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return result;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
