package dev.akushu.programs.starter;

import dev.akushu.jsse.AkushuSession;
import dev.akushu.tls.TlsSession;
import java.lang.management.ManagementFactory;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.server.UnicastRemoteObject;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import javax.management.remote.rmi.RMIConnectorServer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;
import javax.rmi.ssl.SslRMIClientSocketFactory;
import javax.rmi.ssl.SslRMIServerSocketFactory;

/** Calls itself by RMI and looks at itself by JMX, both over TLS with client certificates, and prints what came of it. */
public final class RemoteProgram {
    private static final SslRMIClientSocketFactory CLIENT = new SslRMIClientSocketFactory();
    private static final SslRMIServerSocketFactory SERVER = new SslRMIServerSocketFactory(null, null, true);

    private RemoteProgram() {}

    /** What is called. */
    public interface Echo extends Remote {
        /** Gives {@code data} back. */
        byte[] echo(byte[] data) throws RemoteException;
    }

    /**
     * Prints a line for each thing.
     *
     * @param args none
     */
    public static void main(String[] args) throws Exception {
        rmi();
        jmx();
        SSLSessionContext sessions = SSLContext.getDefault().getServerSessionContext();
        for (byte[] id : Collections.list(sessions.getIds())) {
            SSLSession session = sessions.getSession(id);
            TlsSession facts =
                    AkushuSession.of(session).flatMap(AkushuSession::facts).orElseThrow();
            System.out.println(
                    "session = " + session.getPeerPrincipal() + ", " + facts.group() + ", resumed " + facts.resumed());
        }
        System.exit(0);
    }

    private static void rmi() throws Exception {
        byte[] data = new byte[10 << 20];
        new Random(1).nextBytes(data);
        Echo real = received -> received;
        Echo stub = (Echo) UnicastRemoteObject.exportObject(real, 0, CLIENT, SERVER);
        System.out.println("RMI echoes = " + Arrays.equals(stub.echo(data), data));
        UnicastRemoteObject.unexportObject(real, true);
    }

    private static void jmx() throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        JMXConnectorServer server = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("rmi", "localhost", 0),
                Map.of(
                        RMIConnectorServer.RMI_CLIENT_SOCKET_FACTORY_ATTRIBUTE, CLIENT,
                        RMIConnectorServer.RMI_SERVER_SOCKET_FACTORY_ATTRIBUTE, SERVER),
                beans);
        server.start();
        try (JMXConnector connector = JMXConnectorFactory.connect(server.getAddress())) {
            Object pid = connector
                    .getMBeanServerConnection()
                    .getAttribute(new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME), "Pid");
            System.out.println(
                    "JMX finds itself = " + pid.equals(ProcessHandle.current().pid()));
        }
        server.stop();
    }
}
