/* What a jailed program may try, one attempt for each word. Says `done` where it succeeds, and
 * nothing where it does not. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int reads(const char *path) {
    char byte;
    int file = open(path, O_RDONLY);
    return file >= 0 && read(file, &byte, 1) == 1;
}

static int writes(const char *path) {
    int file = open(path, O_WRONLY | O_CREAT, 0600);
    return file >= 0 && write(file, "x", 1) == 1;
}

static int connects(int kind, int port) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int s = socket(AF_INET, kind, 0);
    if (s < 0 || connect(s, (struct sockaddr *)&to, sizeof to) != 0) return 0;
    return send(s, "x", 1, 0) == 1;
}

/* An abstract name begins with a zero, a path does not. */
static int meets(const char *name, int is_abstract) {
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    strncpy(to.sun_path + is_abstract, name, sizeof to.sun_path - 2);
    socklen_t length = offsetof(struct sockaddr_un, sun_path) + strlen(name) + 1;
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    return s >= 0 && connect(s, (struct sockaddr *)&to, length) == 0;
}

static int forks(int times) {
    int made = 0;
    for (int i = 0; i < times; i++) {
        pid_t child = fork();
        if (child == 0) {
            pause();
            _exit(0);
        }
        if (child > 0) made++;
    }
    sleep(1);
    return made == times;
}

/* By several processes, since each has a limit of its own. */
static int takes(long megabytes) {
    int status, fine = 1;
    for (int i = 0; i < 4; i++) {
        if (fork() != 0) continue;
        for (long m = 0; m < megabytes / 4; m++) {
            char *block = malloc(1 << 20);
            if (block) memset(block, 1, 1 << 20);
        }
        sleep(2);
        _exit(0);
    }
    while (wait(&status) > 0) fine = fine && status == 0;
    return fine;
}

static int fills(long megabytes) {
    static char block[1 << 20];
    char name[4096];
    const char *folder = getenv("TMPDIR");
    for (long m = 0; m < megabytes; m++) {
        snprintf(name, sizeof name, "%s/%ld", folder ? folder : "/tmp", m);
        int file = open(name, O_WRONLY | O_CREAT, 0600);
        if (file < 0 || write(file, block, sizeof block) != sizeof block) return 0;
        close(file);
    }
    usleep(300000);
    return 1;
}

/* A process that leaves its session and its parent, and runs on. */
static int stays(const char *name) {
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            close(0), close(1), close(2);
            execl("/bin/sleep", name, "300", (char *)0);
        }
        _exit(0);
    }
    wait(NULL);
    usleep(100000);
    return 1;
}

int main(int count, char **word) {
    const char *what = word[1], *with = count > 2 ? word[2] : "0";
    int number = atoi(with), done = 0;
    errno = 0;
    if (!strcmp(what, "read")) done = reads(with);
    if (!strcmp(what, "write")) done = writes(with);
    if (!strcmp(what, "tcp")) done = connects(SOCK_STREAM, number);
    if (!strcmp(what, "udp")) done = connects(SOCK_DGRAM, number);
    if (!strcmp(what, "abstract")) done = meets(with, 1);
    if (!strcmp(what, "socket")) done = meets(with, 0);
    if (!strcmp(what, "signal")) done = kill(number, 0) == 0;
    if (!strcmp(what, "trace")) done = ptrace(PTRACE_ATTACH, number, 0, 0) == 0;
    if (!strcmp(what, "hamper")) {
        struct rlimit most;
        done = prlimit(number, RLIMIT_NOFILE, NULL, &most) == 0;
    }
    if (!strcmp(what, "forks")) done = forks(number);
    if (!strcmp(what, "bomb"))
        for (;;) fork();
    if (!strcmp(what, "memory")) done = takes(number);
    if (!strcmp(what, "fill")) done = fills(number);
    if (!strcmp(what, "stay")) done = stays(with);
    if (!strcmp(what, "namespace")) done = unshare(CLONE_NEWUSER) == 0;
    if (!strcmp(what, "clone"))
        done = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) >= 0;
    if (!strcmp(what, "clone3")) {
        unsigned long how[8] = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD};
        done = syscall(SYS_clone3, how, sizeof how) >= 0;
    }
    /* Without a terminal it is refused as something else. */
    if (!strcmp(what, "type")) done = ioctl(0, TIOCSTI, "x") == 0 || errno != EPERM;
    if (!strcmp(what, "descriptor")) done = fcntl(number, F_GETFD) >= 0;
    if (!strcmp(what, "session")) done = getsid(0) != getpid();
    if (!strcmp(what, "die")) raise(number);
    if (done) puts("done");
    return 0;
}
